using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Rialto.Portal;

/// <summary>What a page or a form answers with.</summary>
internal abstract record Answer
{
    /// <summary>A page in the frame of the portal.</summary>
    public static Answer Page<TPage, TModel>(string title, TModel model, int status = StatusCodes.Status200OK) where TPage : PageOf<TModel> =>
        new Shown(typeof(TPage), model, title, status);

    /// <summary>A part of a page, for an island that keeps it fresh.</summary>
    public static Answer Part<TPage, TModel>(TModel model, bool isLast = false) where TPage : PageOf<TModel> => new PartShown(typeof(TPage), model, isLast);

    /// <summary>Go to a page of the portal, which tells <paramref name="notice"/>.</summary>
    public static Answer Go(string path, string? notice = null) => new Gone(path, notice);

    internal sealed record Shown(Type Component, object? Model, string Title, int Status) : Answer;

    internal sealed record PartShown(Type Component, object? Model, bool IsLast) : Answer;

    internal sealed record Gone(string Path, string? Notice) : Answer;
}

/// <summary>A component that is a page, or a part of one, and shows a model.</summary>
/// <typeparam name="TModel">What it shows.</typeparam>
public abstract class PageOf<TModel> : ComponentBase
{
    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired]
    public TModel Model { get; set; } = default!;

    /// <summary>Who looks at it.</summary>
    [CascadingParameter]
    public Visit Visit { get; set; } = null!;
}
