using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Rest.Resources;

/// <summary>What each product calls a name that is taken, a thing that has changed meanwhile, and a word it does not know.</summary>
/// <remarks>twilio.com/docs/api/errors; products without a code of their own say 20409 and 20412.</remarks>
internal static class Clashes
{
    private static readonly (string Document, int Code, int Status)[] Taken =
    [
        ("chat_v1", 50307, 409), ("chat_v2", 50307, 409), ("ip_messaging_v1", 50307, 409), ("ip_messaging_v2", 50307, 409),
        ("conversations_v1", 50353, 409), ("sync_v1", 54301, 409), ("video_v1", 53113, 400),
    ];

    /// <summary>The refusal of a create or a renaming.</summary>
    public static TwilioError Error(string document, string name)
    {
        foreach (var (taken, code, status) in Taken)
        {
            if (taken == document) return new TwilioError(code, status, $"Unique name '{name}' already exists");
        }
        return ErrorCodes.Error(20409, $"{name} is here already");
    }

    /// <summary>The refusal of a value that the product does not know.</summary>
    public static TwilioError Invalid(string document, string message) => document == "verify_v2" ? new TwilioError(60200, 400, message) : TwilioError.BadRequest(20001, message);

    /// <summary>The refusal of a failed <c>If-Match</c>.</summary>
    public static TwilioError Precondition(string document) =>
        document == "sync_v1" ? new TwilioError(54103, 412, "The revision given in If-Match is not the present one") : ErrorCodes.Error(20412);
}
