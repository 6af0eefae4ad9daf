namespace Rialto.Kernel;

/// <summary>Refusals in the reader's language. A module registers its <see cref="Texts"/> as a service and writes <c>refusal.</c> and the code as the key.</summary>
internal static class RefusalWords
{
    /// <summary>The same refusal with other words; itself when it is said in English or nobody has translated it.</summary>
    public static Refusal In(Language language, Refusal refusal, IEnumerable<Texts> sources)
    {
        if (language == Language.English) return refusal;
        foreach (var source in sources)
            if (source.In(language).Refusal(refusal) is var words && words != refusal.Message)
                return new Refusal(refusal.Code, words, refusal.Status) { Details = refusal.Details };
        return refusal;
    }
}
