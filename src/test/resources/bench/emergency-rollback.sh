#!/bin/bash
# 紧急回退脚本

echo "🚨 开始紧急回退..."

# 停止服务
echo "停止服务..."
docker compose down

# 备份当前状态（防止误操作）
echo "备份当前状态..."
tar -czf emergency-backup-$(date +%Y%m%d-%H%M%S).tar.gz \
  docker-compose.yml data/ logs/ 2>/dev/null || true

# 恢复官方镜像配置
echo "恢复官方镜像..."
sed -i 's|wangxiaobo775/claude-relay-service|weishaw/claude-relay-service|g' docker-compose.yml

# 拉取官方镜像
echo "拉取官方镜像..."
docker compose pull

# 启动服务
echo "启动服务..."
docker compose up -d

# 等待服务就绪
echo "等待服务就绪..."
sleep 10

# 验证
echo "验证服务..."
curl -f http://localhost:3000/health && echo "✅ 回退成功!" || echo "❌ 回退失败,请检查日志"

# 显示日志
docker compose logs --tail=50
