package backout.docker;

import backout.language.Phrase;

/** What a registry said when it was asked for an image, without pulling it. */
public sealed interface RegistryAnswer {
    /** It has the image, under this digest. */
    record Has(String digest) implements RegistryAnswer {}

    /** It knows no such image. */
    record HasNot() implements RegistryAnswer {}

    /** It does not let us look; that says nothing about the image. */
    record NotAllowed(Phrase said) implements RegistryAnswer {}

    /** It could not be asked; that says nothing about the image. */
    record Silent(Phrase said) implements RegistryAnswer {}
}
