namespace TwilioEmu.Rest.Errors;

/// <summary>A refusal in Twilio's terms: what a REST error body says.</summary>
/// <param name="Code">Twilio's error code, such as 21211 (twilio.com/docs/api/errors).</param>
/// <param name="Status">The HTTP status it travels with.</param>
/// <param name="Message">What was seen and what was wanted.</param>
/// <param name="Detail">The optional <c>detail</c> member.</param>
public sealed record TwilioError(int Code, int Status, string Message, string? Detail = null)
{
    /// <summary>The limit of the app's own that was reached, and when to come again; told in headers.</summary>
    public (string Name, TimeSpan After)? Limit { get; init; }

    /// <summary>
    /// What mends it here, where that is known: told beside the answer (journal, console, <c>TwilioEmu-Warning</c>),
    /// whose body is the live service's.
    /// </summary>
    public string? Cure { get; init; }

    /// <summary>Where the code is explained.</summary>
    public string MoreInfo => $"https://www.twilio.com/docs/errors/{Code}";

    /// <summary>A 400 with a code.</summary>
    public static TwilioError BadRequest(int code, string message) => new(code, 400, message);

    /// <summary>404/20404 for a path as the client spelt it.</summary>
    public static TwilioError NotFound(string path) => new(20404, 404, $"The requested resource {path} was not found");
}
