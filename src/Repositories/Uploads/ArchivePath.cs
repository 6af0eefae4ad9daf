using System.Text;
using Rialto.Kernel;

namespace Rialto.Repositories.Uploads;

/// <summary>Names of an archive as paths of a tree. What no honest archive holds is refused, not mended.</summary>
internal static class ArchivePath
{
    /// <summary>The path; null for what belongs to Git itself and is left out.</summary>
    /// <exception cref="Refusal"><c>upload.bad_path</c>.</exception>
    public static string? Checked(string name)
    {
        if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > UploadLimits.LongestPath) throw Bad(name, "is empty or too long");
        if (name.Any(letter => char.IsControl(letter) || letter is '\\' or '\uFFFD')) throw Bad(name, "holds a control character, a backslash, or letters that are no UTF-8");
        if (name[0] == '/' || name.Length > 1 && name[1] == ':') throw Bad(name, "begins at the root of a disk");
        var parts = name.Split('/');
        if (parts.Length > UploadLimits.Deepest) throw Bad(name, $"is deeper than {UploadLimits.Deepest} folders");
        if (parts.Any(part => part is "" or "." or "..")) throw Bad(name, "has an empty, \".\" or \"..\" segment");
        return parts.Any(IsGit) ? null : name;
    }

    /// <summary>The folder all names begin with, with its slash, as archives made by forges have it; empty when there is none.</summary>
    public static string CommonRoot(IReadOnlyList<string> names)
    {
        if (names.Count == 0 || names[0].IndexOf('/') is not (> 0 and var slash)) return "";
        var root = names[0][..(slash + 1)];
        return names.All(name => name.Length > root.Length && name.StartsWith(root, StringComparison.Ordinal)) ? root : "";
    }

    // As Git itself sees them on file systems that fold case, drop trailing dots, or have short names.
    private static bool IsGit(string part)
    {
        var plain = part.TrimEnd('.', ' ');
        return plain.Equals(".git", StringComparison.OrdinalIgnoreCase) || plain.Equals("git~1", StringComparison.OrdinalIgnoreCase);
    }

    private static Refusal Bad(string name, string what) =>
        new("upload.bad_path", $"The archive holds a name that {what}: \"{new string([.. name.Where(letter => !char.IsControl(letter)).Take(80)])}\"; make it anew from the folder itself.", 422);
}
