namespace TwilioEmu.Rest.Catalog;

/// <summary>One parameter of an operation.</summary>
/// <param name="Name">As on the wire: <c>StatusCallback</c>.</param>
/// <param name="Place">Where it travels.</param>
/// <param name="Facts">What its values look like.</param>
/// <param name="IsRequired">True when the operation refuses to go without.</param>
public sealed record Parameter(string Name, ParameterPlace Place, ValueFacts Facts, bool IsRequired)
{
    /// <summary>The response property that reflects it: <c>status_callback</c>.</summary>
    public string Property { get; } = SnakeCase.Of(Name);
}

/// <summary>Where a parameter travels.</summary>
public enum ParameterPlace
{
    Path,
    Query,
    Form,
    Header,
}
