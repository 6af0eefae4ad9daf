using System.Text.Json.Serialization.Metadata;

namespace Rialto.Kernel;

/// <summary>Masks marked texts while JSON is written, unless the running call may see them. Outside a call nothing is masked: what is kept must be whole.</summary>
internal static class PersonalMask
{
    private static readonly AsyncLocal<bool> Masking = new();

    /// <summary>From now on in this flow; an asynchronous method gives it back when it ends.</summary>
    public static void Begin(Caller caller, Operation operation) => Masking.Value = !operation.AnswersOwnData && !caller.Allows(PersonalData.Permission);

    /// <summary>Wraps the getters of marked texts.</summary>
    public static void Modify(JsonTypeInfo shape)
    {
        if (shape.Kind != JsonTypeInfoKind.Object) return;
        foreach (var property in shape.Properties)
        {
            if (property.PropertyType != typeof(string) || property.Get is not { } get) continue;
            if (property.AttributeProvider?.GetCustomAttributes(typeof(PersonalAttribute), inherit: true) is not [PersonalAttribute mark, ..]) continue;
            property.Get = whole => get(whole) is string text && Masking.Value ? Mask(text, mark.Kind) : get(whole);
        }
    }

    private static string Mask(string text, PersonalKind kind) => kind switch
    {
        PersonalKind.Email => PersonalData.MaskEmail(text), PersonalKind.Phone => PersonalData.MaskPhone(text), PersonalKind.Name => PersonalData.MaskName(text), _ => PersonalData.Mask(text),
    };
}
