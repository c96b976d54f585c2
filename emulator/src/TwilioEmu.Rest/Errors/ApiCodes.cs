namespace TwilioEmu.Rest.Errors;

/// <summary>What one API document says in codes of its own, where others say 20001, 20409 and 20412 (error dialect).</summary>
/// <param name="Document">The API's name: <c>sync_v1</c>. Several products may declare codes for one, as for <c>api_v2010</c>.</param>
/// <remarks>Its product declares it: <see cref="FrontDoor.Declare"/>. twilio.com/docs/api/errors.</remarks>
public sealed record ApiCodes(string Document)
{
    /// <summary>
    /// Operations whose behaviours check their parameters themselves: their codes, and the order of these, are finer than a table can say.
    /// </summary>
    public IReadOnlyList<string> OwnChecks { get; init; } = [];

    /// <summary>Codes of parameters that are missing or wrong; the first that fits counts.</summary>
    public IReadOnlyList<ParameterCode> Parameters { get; init; } = [];

    /// <summary>
    /// Parameters that the documentation has and the API's public document has not (yet), as operation and name: nobody is told that they
    /// are ignored.
    /// </summary>
    public IReadOnlyList<(string OperationId, string Parameter)> Known { get; init; } = [];

    /// <summary>Of whatever else is wrong with a parameter; null for 20001.</summary>
    public int? Invalid { get; init; }

    /// <summary>How a wrong value is told, of the parameter's name and the value; null for the usual words.</summary>
    public Func<string, string, string>? InvalidWords { get; init; }

    /// <summary>A key or unique name that is taken; null for 20409.</summary>
    public (int Code, int Status)? Taken { get; init; }

    /// <summary>What <c>If-Match</c> names is not the present state; null for 20412.</summary>
    public TwilioError? Stale { get; init; }
}

/// <summary>The code of a parameter that is missing or wrong. What is null fits any; of name and format one is given at least.</summary>
/// <param name="Code">twilio.com/docs/api/errors.</param>
/// <param name="Resource">The resource's short name, as its shape has it: <c>call</c>.</param>
/// <param name="Parameter">By name: <c>FriendlyName</c>.</param>
/// <param name="Format">By what it takes: <c>uri</c>, <c>http-method</c>.</param>
/// <param name="Missing">The code where it is missing; null for the same.</param>
public sealed record ParameterCode(int Code, string? Resource = null, string? Parameter = null, string? Format = null, int? Missing = null);
