namespace TwilioEmu.Rest.Errors;

/// <summary>The 90000s of <see cref="ErrorCodes"/>: event streams, and what every API says of an account.</summary>
/// <remarks>
/// twilio.com/docs/api/errors. With which status those of event streams travel is not said there: 400 was measured of those for types
/// and sinks in use, the others are inferred.
/// </remarks>
internal static class Codes90000
{
    public static IReadOnlyList<ErrorCode> Rows { get; } =
    [
        new(90007, 400, "Invalid validity period value"),
        new(90010, 400, "Account is not active"),
        new(90014, 400, "Validity Period should be positive integer"),
        new(91000, 400, "Sink could not be created"),
        new(91001, 400, "Sink could not be found"),
        new(91003, 400, "Account reached the max sink limit"),
        new(91007, 400, "Sink still in use"),
        new(91100, 400, "Subscription could not be created"),
        new(91101, 400, "Subscription could not be created"),
        new(91104, 400, "Event type not found"),
        new(91300, 0, "Event delivery to sink failed"),
        new(91302, 0, "Delivery throttled"),
        new(91305, 0, "Sink endpoint rejected the event"),
        new(91306, 0, "Sink endpoint returned a server error"),
        new(91307, 0, "Could not connect to sink endpoint"),
        new(91308, 0, "Sink endpoint did not respond in time"),
    ];
}
