namespace Rialto.Kernel;

/// <summary>What a text tells about a person, and so how it is masked.</summary>
public enum PersonalKind
{
    /// <summary>Any text that may carry addresses and numbers; only those are masked.</summary>
    Text,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>A name: initials stay.</summary>
    Name,
}

/// <summary>
/// Marks a text in an answer as personal: callers without <see cref="PersonalData.Permission"/> get it masked, in every list, search and
/// single answer, over HTTP and in process, because it is masked where JSON is written. An operation that answers with the caller's own
/// data says <see cref="Operation.AnswersOwnData"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalAttribute(PersonalKind kind) : Attribute
{
    /// <summary>How it is masked.</summary>
    public PersonalKind Kind => kind;
}
