namespace TwilioEmu.Rest.Errors;

/// <summary>The 80000s of <see cref="ErrorCodes"/>: masked numbers.</summary>
/// <remarks>
/// twilio.com/docs/api/errors, with the words that the pages show as messages where they do.
/// </remarks>
internal static class Codes80000
{
    private const string None = "This Service has no compatible Proxy numbers for this Participant.";

    public static IReadOnlyList<ErrorCode> Rows { get; } =
    [
        new(80101, 400, "The phone number belongs to another Proxy service"),
        new(80103, 400, "Participant has already been added to Session"),
        new(80104, 400, "PhoneNumber has already been added to Service"),
        new(80201, 400, $"{None} This Service has no available Proxy numbers having voice capabilities."),
        new(80202, 400, $"{None} This Service has no available Proxy numbers having messaging capabilities."),
        new(80203, 400, $"{None} This Service has no available Proxy numbers for the participant's number country code."),
        new(80205, 400, $"{None} This Service has no Proxy numbers configured."),
        new(80206, 400, None),
        new(80207, 400, "No unreserved numbers in proxy pool."),
        new(80208, 400, None),
        new(80301, 400, "The phone number is not the account's"),
        new(80404, 400, "Participant Identifier Invalid"),
        new(80601, 400, "PhoneNumber is not available. It may be bound to a number pool."),
        new(80603, 400, "Session UniqueName must be unique."),
        new(80604, 400, "Proxy identifier already in use with requested identifier."),
        new(80606, 400, "Proxy identifier not owned by account."),
        new(80607, 400, "Session is closed and cannot be updated"),
        new(80608, 400, "Session status change not supported"),
        new(80609, 400, "A Session may have at most 2 participants"),
        new(80611, 400, "The phone number is in use by a session"),
        new(80612, 400, "Duplicate Entry"),
        new(80622, 400, "Maximum Pool Size Error"),
        new(80910, 400, "Messages are not allowed in the session's mode"),
    ];
}
