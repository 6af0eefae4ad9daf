using Rialto.Kernel;

namespace Rialto.Media;

/// <summary>Everything that Media makes, on one workshop and one cache.</summary>
public sealed class MediaModule
{
    private MediaModule(IWorkshop workshop, ContentCache cache, PackCache code)
    {
        (Cards, Pictures, Icons, Typesetting) = (new Cards(workshop), new Pictures(workshop, cache), new IconMaker(workshop, cache), new Typesetting(workshop, code));
    }

    /// <summary>Opens Media.</summary>
    /// <param name="workshop">Stays the caller's to dispose.</param>
    /// <param name="cacheFolder">Where results are kept between builds; null for nowhere.</param>
    public static MediaModule Create(IWorkshop workshop, string? cacheFolder) => new(workshop, new ContentCache(cacheFolder), new PackCache(cacheFolder, "code.pack"));

    /// <summary>Cards for social networks.</summary>
    public ICards Cards { get; }

    /// <summary>Pictures for browsers.</summary>
    public IPictures Pictures { get; }

    /// <summary>Icons for browsers and phones.</summary>
    public IIcons Icons { get; }

    /// <summary>Code and mathematics.</summary>
    public ITypesetting Typesetting { get; }
}
