namespace TwilioEmu.Scenarios.Reading;

/// <summary>What is wrong with an input, and where.</summary>
/// <param name="Position">File, line and column.</param>
/// <param name="Path">The field, such as <c>numbers[0].sms_url</c>; empty for the whole.</param>
/// <param name="Message">What was seen and what was wanted.</param>
public sealed record Fault(SourcePosition Position, string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Position.Source.Length == 0 ? Message : $"{Position}: {Message}";
}
