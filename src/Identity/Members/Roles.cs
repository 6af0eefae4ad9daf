using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>The roles every organisation has, from the most to the least.</summary>
internal static class Roles
{
    public const string Owner = "owner", Admin = "admin", Editor = "editor", Viewer = "viewer", Guest = "guest";

    /// <summary>What every person who is signed in may do: look after their own account.</summary>
    public const string Self = "identity.self";

    /// <summary>All, the strongest first.</summary>
    public static IReadOnlyList<string> All { get; } = [Owner, Admin, Editor, Viewer, Guest];

    // Areas whose changes are administration and not work; and one whose very reading is: it tells what everybody did, and from where.
    private static readonly string[] Administration = ["identity.", "settings.", "audit."], Confidential = ["audit.", "personal."];

    /// <summary>
    /// What a role may do, of all permissions that the operations of this host ask for: an owner everything, an admin everything but what
    /// ends in <c>.own</c>, an editor reads and writes outside the administration, a viewer reads (both not the audit log), a guest nothing but what is shared with them.
    /// </summary>
    public static IReadOnlySet<string> PermissionsOf(string role, IReadOnlyList<string> all) => role switch
    {
        Owner => new HashSet<string> { "*" },
        Admin => With(all.Where(one => !Ends(one, ".own")).Append(PersonalData.Permission)),
        Editor => With(all.Where(one => IsReading(one) || Ends(one, ".write") && !IsOf(Administration, one))),
        Viewer => With(all.Where(IsReading)),
        _ => With([]),
    };

    private static bool IsReading(string permission) => Ends(permission, ".read") && !IsOf(Confidential, permission);

    private static bool IsOf(string[] areas, string permission) => areas.Any(area => permission.StartsWith(area, StringComparison.Ordinal));

    private static HashSet<string> With(IEnumerable<string> permissions) => [.. permissions, Self];

    private static bool Ends(string permission, string verb) => permission.EndsWith(verb, StringComparison.Ordinal);
}
