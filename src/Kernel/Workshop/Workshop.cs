namespace Rialto.Kernel;

/// <summary>Opens the workshop: the one entry for those who need an <see cref="IWorkshop"/>.</summary>
public static class Workshop
{
    /// <summary>Prepares the workshop. Nothing is started before the first call.</summary>
    public static IWorkshop Open(WorkshopOptions? options = null) => new NodeWorkshop(options ?? new());

    /// <summary>Opens the files of the workshop's packages that sites carry along. Needs the packages, not Node.</summary>
    public static IWorkshopAssets Assets(WorkshopOptions? options = null) => new WorkshopAssets(WorkshopFolder.Find(options ?? new()));

    /// <summary>What stands in the way of the workshop, in one sentence with the remedy; null when nothing does. For <c>rialto doctor</c>.</summary>
    public static string? Obstacle(WorkshopOptions? options = null) => WorkshopFolder.Obstacle(options ?? new());
}
