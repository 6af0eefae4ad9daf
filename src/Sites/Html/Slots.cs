namespace Rialto.Sites;

internal enum SlotKind { Code, Formula, DisplayFormula, Diagram }

/// <summary>A place in a document for markup of our own making (highlighted code, mathematics), which no document can write itself.</summary>
internal sealed class Slot(SlotKind kind, string text, CodeInfo info)
{
    public SlotKind Kind => kind;
    public string Text => text;
    public CodeInfo Info => info;
    public bool IsBlock => kind != SlotKind.Formula;

    /// <summary>Finished markup; set before the document is written.</summary>
    public string Html { get; set; } = "";
}

/// <summary>The places of one document.</summary>
internal sealed class Slots
{
    /// <summary>Element that stands for a place while the document is raw. A document that writes it itself only gets one of its own places again.</summary>
    public const string Element = "rialto-slot";

    private readonly List<Slot> all = [];

    public IReadOnlyList<Slot> All => all;

    public bool HasMath { get; private set; }

    public bool HasDiagrams { get; private set; }

    /// <summary>Makes a place and returns the markup that stands for it.</summary>
    public string Add(SlotKind kind, string text, CodeInfo info = default)
    {
        HasMath |= kind is SlotKind.Formula or SlotKind.DisplayFormula;
        HasDiagrams |= kind == SlotKind.Diagram;
        all.Add(new Slot(kind, text, info));
        return $"<{Element} n=\"{all.Count - 1}\">";
    }

    /// <summary>Forgets the places; what kinds there were stays known.</summary>
    public void Release() => all.Clear();

    public Slot? Find(string? number) => int.TryParse(number, out var n) && n >= 0 && n < all.Count ? all[n] : null;
}
