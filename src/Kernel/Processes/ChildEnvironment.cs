using System.Diagnostics;

namespace Rialto.Kernel;

/// <summary>The environment of child processes: what little of ours they may see.</summary>
public static class ChildEnvironment
{
    /// <summary>
    /// Names that pass from this process to a child. Enough to find programs, a home, a language and a proxy; nothing that
    /// carries a credential, loads code (<c>LD_PRELOAD</c>, <c>NODE_OPTIONS</c>) or redirects Git (<c>GIT_DIR</c>).
    /// </summary>
    public static IReadOnlySet<string> Passed { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TMP", "TEMP", "LANG", "LC_ALL", "LC_CTYPE", "TZ",
        "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH",
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
        "SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMFILES", "WINDIR",
    };

    internal static void Apply(ProcessStartInfo start, IReadOnlyDictionary<string, string?> additions)
    {
        foreach (var name in start.Environment.Keys.Where(name => !Passed.Contains(name)).ToArray())
            start.Environment.Remove(name);
        // The child's spans, if it makes any, hang below ours (W3C trace context, as OpenTelemetry hands it to processes).
        if (RialtoTelemetry.TraceParent is { } trace) start.Environment["TRACEPARENT"] = trace;
        foreach (var (name, value) in additions)
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
    }
}
