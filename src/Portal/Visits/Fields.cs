namespace Rialto.Portal;

/// <summary>Names of fields that every form has.</summary>
internal static class Fields
{
    /// <summary>Proof that the form was shown by us to this caller.</summary>
    public const string Token = "_token";

    /// <summary>A word of this one showing of the form, so that sending it twice acts once.</summary>
    public const string Once = "_once";
}
