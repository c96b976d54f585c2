namespace TwilioEmu.Scenarios.Reading;

/// <summary>Where something stands in a file; line 0 for what came from no file (a JSON body).</summary>
public readonly record struct SourcePosition(string Source, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? Source : $"{Source}:{Line}:{Column}";
}
