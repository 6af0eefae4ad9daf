namespace Rialto.Kernel;

/// <summary>What an organisation decides about language.</summary>
public static class LanguageSettings
{
    /// <summary>Language for people who chose none and whose browser asks for none.</summary>
    public static readonly Setting<string> Usual =
        Settings.Choice("localisation.language", "en", "Language for people who chose none: en, de, es or ar.", [.. Language.All.Select(language => language.Code)]) with { ByTenant = true };

    /// <summary>Time zone of dates shown to people who chose none.</summary>
    public static readonly Setting<string> TimeZone = Settings.Text(
        "localisation.time_zone", "UTC", "Time zone of dates shown to people who chose none, as Europe/Berlin.", "a time zone of the IANA database, as Europe/Berlin",
        name => TimeZoneInfo.TryFindSystemTimeZoneById(name, out _)) with { ByTenant = true };
}
