using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Who stands at the door, and what for. No record: nothing may print it.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Handed over once, never compared.")]
public readonly struct AccessAttempt(Operation operation)
{
    /// <summary>What is asked for: some credentials open only some operations.</summary>
    public Operation Operation => operation;

    /// <summary>Basic user name, or null without Basic credentials.</summary>
    public string? User { get; init; }

    /// <summary>Basic password.</summary>
    public string? Password { get; init; }

    /// <summary>The token of <c>Authorization: Bearer</c>, or null.</summary>
    public string? Bearer { get; init; }

    /// <summary>True where the bytes of a medium are asked for, not what is told of it.</summary>
    public bool WantsBytes { get; init; }

    /// <summary>Path parameters by their name in the document; null where none are told.</summary>
    public IReadOnlyDictionary<string, string>? PathValues { get; init; }

    /// <summary>The account SID in the path, or null where the path has none.</summary>
    public AccountSid? Account { get; init; }
}
