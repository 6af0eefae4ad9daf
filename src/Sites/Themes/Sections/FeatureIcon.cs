namespace Rialto.Sites.Themes.Sections;

/// <summary>Chooses an icon by the words of a feature's title.</summary>
internal static class FeatureIcon
{
    private static readonly (string Icon, string[] Words)[] Choices =
    [
        ("bolt", ["fast", "speed", "quick", "instant", "perform", "light", "hot", "hmr", "blaz", "optimi", "快", "高性能", "سریع", "سريع"]),
        ("shield", ["secur", "safe", "auth", "test", "protect", "reliab", "crash", "安全", "أمان"]),
        ("puzzle", ["plugin", "extens", "integrat", "compos", "middleware", "module", "插件"]),
        ("code", ["typed", "typescript", "api", "syntax", "language", "regex", "render", "json", "代码"]),
        ("terminal", ["cli", "command", "terminal", "shell", "console", "命令"]),
        ("package", ["package", "bundle", "build", "install", "deploy", "docker", "打包"]),
        ("sliders", ["config", "option", "custom", "setting", "flexib", "filter", "配置"]),
        ("globe", ["web", "http", "browser", "platform", "i18n", "unicode", "internation", "encoding", "网"]),
        ("data", ["data", "cache", "storage", "sql", "memory", "file", "数据"]),
        ("layers", ["architect", "framework", "layer", "template", "group", "multi"]),
        ("search", ["search", "find", "query", "match", "搜索"]),
        ("eye", ["preview", "view", "monitor", "observ", "watch", "debug", "error", "监控"]),
        ("book", ["doc", "guide", "learn", "example", "文档"]),
        ("users", ["team", "communit", "user", "collab"]),
    ];

    public static string For(string title)
    {
        foreach (var (icon, words) in Choices)
            if (words.Any(w => title.Contains(w, StringComparison.OrdinalIgnoreCase))) return icon;
        return "spark";
    }
}
