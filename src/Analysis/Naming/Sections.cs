namespace Rialto.Analysis;

/// <summary>What README headings usually mean, in the languages that READMEs are usually written in.</summary>
internal static class Sections
{
    private static readonly HashSet<string> Generic = Set(
        "introduction", "intro", "overview", "about", "description", "readme", "summary", "installation", "install", "usage", "getting started", "quick start", "quickstart",
        "table of contents", "contents", "toc", "features", "documentation", "docs", "license", "licence", "contributing", "contributors", "sponsors", "backers", "support",
        "what is it", "what is this", "background", "motivation", "requirements", "prerequisites", "examples", "example", "demo", "screenshots", "faq", "changelog", "status",
        "welcome", "hello", "hi there", "important", "note", "notice", "warning", "news", "announcement", "project", "home", "index", "badges", "build status", "development", "building", "credits", "roadmap",
        "简介", "介绍", "概述", "安装", "使用", "目录", "特性", "功能", "文档", "概要", "はじめに", "インストール", "目次", "소개", "설치", "مقدمة", "المقدمة", "معرفی", "نصب", "введение", "установка", "introducción", "instalación", "einführung", "sommaire");

    private static readonly string[] Features = ["features", "key features", "main features", "core features", "feature list", "highlights", "feature highlights", "why", "benefits", "advantages", "what's included", "whats included", "what you get", "capabilities", "design goals", "goals", "特性", "功能", "功能特性", "主要特性", "核心特性", "特点", "特徴", "機能", "주요 기능", "기능", "특징", "المميزات", "الميزات", "ویژگی‌ها", "امکانات", "возможности", "características", "fonctionnalités", "funktionen", "merkmale", "recursos", "funcionalidades"];
    private static readonly string[] Sponsors = ["sponsor", "backer", "patron", "donat", "funding", "supporters", "buy me a coffee", "赞助", "捐赠", "спонсор"];
    private static readonly string[] Usage = ["usage", "example", "quick start", "quickstart", "getting started", "how to use", "how it works", "tutorial", "basic use", "synopsis", "demo", "playing with", "running", "first steps", "hello world", "a simple example", "使用", "用法", "示例", "快速开始", "快速上手", "使い方", "사용법", "الاستخدام", "استفاده", "использование", "uso", "utilisation", "verwendung", "exemple", "ejemplo", "beispiel"];
    private static readonly string[] Install = ["install", "setup", "set up", "getting started", "quick start", "quickstart", "download", "get it", "安装", "快速开始", "インストール", "설치", "التثبيت", "نصب", "установка", "instalación", "instalação", "einrichtung"];
    private static readonly string[] Roadmap = ["roadmap", "planned", "plans", "milestones", "future", "what's next", "whats next", "upcoming", "路线图", "计划", "ロードマップ", "로드맵", "خارطة الطريق", "نقشه راه"];

    public static bool IsGeneric(string heading) => Generic.Contains(Clean(heading)) || IsSponsors(heading);

    public static bool IsSponsors(string heading) => Contains(heading, Sponsors);

    /// <summary>A section about other people's projects and marks: sponsors, users, thanks.</summary>
    public static bool IsOthers(string heading) => IsSponsors(heading) || Contains(heading, ["contributors", "who is using", "who's using", "users", "used by", "adopters", "acknowledg", "thanks", "credits", "trusted by", "partners", "star history", "谁在使用"]);

    /// <summary>A section about something else than the project itself: how to get it, help with it, pay for it.</summary>
    public static bool IsAside(string heading) => IsInstall(heading) || IsOthers(heading) || IsHelping(heading) || Contains(heading, ["requirement", "prerequisite", "dependenc", "license", "licence", "changelog", "release notes"]);

    /// <summary>A section for those who work on the project, not with it.</summary>
    public static bool IsHelping(string heading) => Contains(heading, ["contribut", "develop", "hacking", "release process", "releasing", "贡献", "开发"]) && !Contains(heading, ["developer experience", "web development", "for developers"]);

    /// <summary>A section that says what the project is.</summary>
    public static bool IsIntroduction(string heading) => Clean(heading) is var words && (words is "introduction" or "intro" or "overview" or "about" or "description" or "summary" or "background" or "motivation" or "简介" or "介绍" or "概述" || words.StartsWith("about ", StringComparison.Ordinal) || words.StartsWith("what is", StringComparison.Ordinal) || words.StartsWith("what's ", StringComparison.Ordinal));

    public static bool IsUsage(string heading) => Contains(heading, Usage);

    public static bool IsInstall(string heading) => Contains(heading, Install);

    public static bool IsRoadmap(string heading) => Contains(heading, Roadmap) && heading.Length < 40;

    /// <summary>The list of features: <c>Features</c>, <c>Key features</c>, <c>Why Foo?</c>, <c>Foo features</c>.</summary>
    public static bool IsFeatures(string heading)
    {
        var words = Clean(heading);
        return Features.Any(known => words == known || (words.Length < 40 && known != "why" && (words.StartsWith(known + " ", StringComparison.Ordinal) || words.EndsWith(" " + known, StringComparison.Ordinal) || (Words.IsWide(known[0]) && words.Contains(known, StringComparison.Ordinal)))))
            || (words.StartsWith("why ", StringComparison.Ordinal) && words.Length < 50);
    }

    private static bool Contains(string heading, string[] known)
    {
        var words = Clean(heading);
        return known.Any(word => words.Contains(word, StringComparison.Ordinal));
    }

    private static string Clean(string heading) => Words.WithoutEmoji(heading).Trim(' ', ':', '#', '?', '!', '.', '*', '：', '？', '！').ToLowerInvariant();

    private static HashSet<string> Set(params string[] words) => new(words, StringComparer.Ordinal);
}
