using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.BulkExports;

/// <summary>Where the records of one type come from; made where the rooms are joined.</summary>
/// <param name="ResourceType"><c>Messages</c>, <c>Calls</c>, <c>Conferences</c>, <c>Participants</c>.</param>
/// <param name="Properties">What a line of a file tells, in order.</param>
/// <param name="NewestFirst">An account's records by when they were made. Called on the loop.</param>
public sealed record ExportSource(
    string ResourceType, IReadOnlyList<string> Properties, Func<AccountSid, IEnumerable<ExportRecord>> NewestFirst)
{
    /// <summary>What is missing of its records, told to whoever asks for them; null for nothing.</summary>
    public string? Lacks { get; init; }
}

/// <summary>One record, as it is now.</summary>
public readonly record struct ExportRecord(DateTimeOffset Created, IFace Face)
{
    /// <summary>The UTC day it belongs to.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Created.UtcDateTime);
}
