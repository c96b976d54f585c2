namespace TwilioEmu.Rest.Errors;

/// <summary>The 80000s of <see cref="ErrorCodes"/>: masked numbers.</summary>
/// <remarks>
/// twilio.com/docs/api/errors.
/// </remarks>
internal static class Codes80000
{
    public static IReadOnlyList<ErrorCode> Rows { get; } =
    [
        new(80101, 400, "The phone number belongs to another Proxy service"),
        new(80103, 400, "The phone number is in this Proxy service already"),
        new(80201, 400, "No Available Voice Proxy"),
        new(80202, 400, "No Available SMS Proxy"),
        new(80203, 400, "No Available Proxy For Country"),
        new(80206, 400, "No compatible Proxy numbers for this participant"),
        new(80207, 400, "No unreserved Proxy numbers for this participant"),
        new(80208, 400, "All compatible Proxy numbers are in use by this participant"),
        new(80301, 400, "The phone number is not the account's"),
        new(80404, 400, "Invalid participant identifier"),
        new(80601, 400, "The Proxy number is not available"),
        new(80603, 400, "Non Unique Session Name"),
        new(80607, 400, "A closed session cannot be changed"),
        new(80608, 400, "Invalid change of the session's status"),
        new(80611, 400, "The phone number is in use by a session"),
        new(80612, 400, "The participant is in the session already"),
        new(80613, 400, "Too many participants in the session"),
        new(80622, 400, "Maximum Pool Size Error"),
        new(80623, 409, "Duplicate Participant Request"),
        new(80801, 400, "The session cannot be opened again"),
        new(80910, 400, "Messages are not allowed in the session's mode"),
    ];
}
