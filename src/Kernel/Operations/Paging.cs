using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rialto.Kernel;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed record Page<T>
{
    /// <summary>The items, in the order asked for.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>To be sent as <c>cursor</c> for the next page; null on the last.</summary>
    public string? Next { get; init; }
}

/// <summary>How a list is asked for, the same for every list. Use it with <c>[AsParameters]</c>.</summary>
public sealed record PageQuery
{
    /// <summary>Where the last page ended; absent for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>Most items on the page, 1 to 200; 50 when absent.</summary>
    [Range(1, 200)]
    public int? Limit { get; init; }

    /// <summary>Field to sort by, with <c>-</c> in front for the largest first.</summary>
    public string? Sort { get; init; }
}

/// <summary>The place after an item, as an opaque word: it is tied to the order it was given out for.</summary>
internal static class PageCursor
{
    public static string Write(string order, string value, string id) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(new JsonArray(order, value, id).ToJsonString())).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    /// <exception cref="Refusal"><c>request.cursor_invalid</c>.</exception>
    public static (string Value, string Id) Read(string cursor, string order)
    {
        try
        {
            var text = cursor.Replace('-', '+').Replace('_', '/');
            var bytes = Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
            using var parts = JsonDocument.Parse(bytes);
            if (parts.RootElement.GetArrayLength() == 3 && parts.RootElement[0].GetString() == order)
                return (parts.RootElement[1].GetString()!, parts.RootElement[2].GetString()!);
        }
        catch (Exception broken) when (broken is FormatException or JsonException or InvalidOperationException)
        {
            // Answered below, like a cursor of another order.
        }
        throw new Refusal("request.cursor_invalid", "The cursor does not belong to this list and order; begin again without it.", 400);
    }
}
