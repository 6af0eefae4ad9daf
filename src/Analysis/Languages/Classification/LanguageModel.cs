using System.IO.Compression;

namespace Rialto.Analysis;

/// <summary>
/// The trained classifier: for each language the tokens that mark it, weighted. Kept as hashes and bytes, so that it
/// loads in a few milliseconds and stays small. Written by <see cref="LanguageTraining"/>.
/// </summary>
internal sealed class LanguageModel
{
    private const uint Magic = 0x314D4C52; // "RLM1"
    private const float WeightScale = 255f;
    private const float RaritySteps = 16f;

    /// <summary>Known tokens by their hash, ascending.</summary>
    public required uint[] Tokens { get; init; }

    /// <summary>How rare each token is among languages: 1 + ln(languages / languages with it).</summary>
    public required float[] Rarity { get; init; }

    /// <summary>Per language its tokens (positions in <see cref="Tokens"/>, ascending) and their weights (unit length together).</summary>
    public required Dictionary<string, Centroid> Languages { get; init; }

    /// <summary>The direction in which a language's samples lie.</summary>
    public sealed record Centroid(int[] Tokens, float[] Weights);

    /// <summary>Reads the model that is part of this assembly.</summary>
    public static LanguageModel Load()
    {
        using var stream = new BrotliStream(EmbeddedData.Open("classifier.bin.br"), CompressionMode.Decompress);
        return Read(stream);
    }

    public static LanguageModel Read(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        if (reader.ReadUInt32() != Magic) throw new InvalidDataException("This is not a language model.");
        var tokens = new uint[reader.ReadInt32()];
        for (var i = 0; i < tokens.Length; i++) tokens[i] = reader.ReadUInt32();
        var rarity = new float[tokens.Length];
        for (var i = 0; i < rarity.Length; i++) rarity[i] = reader.ReadByte() / RaritySteps;
        var count = reader.ReadInt32();
        var languages = new Dictionary<string, Centroid>(count);
        for (var language = 0; language < count; language++)
        {
            var name = reader.ReadString();
            var indexes = new int[reader.Read7BitEncodedInt()];
            var top = reader.ReadSingle();
            for (int i = 0, last = 0; i < indexes.Length; i++) indexes[i] = last += reader.Read7BitEncodedInt();
            var weights = new float[indexes.Length];
            for (var i = 0; i < weights.Length; i++) weights[i] = reader.ReadByte() * top / WeightScale;
            languages.Add(name, new Centroid(indexes, weights));
        }
        return new LanguageModel { Tokens = tokens, Rarity = rarity, Languages = languages };
    }

    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Tokens.Length);
        foreach (var token in Tokens) writer.Write(token);
        foreach (var rarity in Rarity) writer.Write((byte)MathF.Round(Math.Min(rarity * RaritySteps, 255)));
        writer.Write(Languages.Count);
        foreach (var (name, centroid) in Languages.OrderBy(l => l.Key, StringComparer.Ordinal))
        {
            writer.Write(name);
            writer.Write7BitEncodedInt(centroid.Tokens.Length);
            var top = centroid.Weights.Length == 0 ? 0 : centroid.Weights.Max();
            writer.Write(top);
            var last = 0;
            foreach (var index in centroid.Tokens) { writer.Write7BitEncodedInt(index - last); last = index; }
            foreach (var weight in centroid.Weights) writer.Write((byte)Math.Clamp(MathF.Round(weight / top * WeightScale), 1, 255));
        }
    }
}
