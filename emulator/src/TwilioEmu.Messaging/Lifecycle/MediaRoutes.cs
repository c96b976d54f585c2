using TwilioEmu.Accounts.Numbers;

namespace TwilioEmu.Messaging.Lifecycle;

/// <summary>Where media can go.</summary>
/// <remarks>
/// help.twilio.com, twilio.com/docs/messaging/api/message-resource: MMS reaches the United States and Canada; elsewhere 30011.
/// </remarks>
internal static class MediaRoutes
{
    public static bool IsThere(string to) => NumberPlace.Of(to) is { Country: "CA" } or { IsOfUnitedStates: true };
}
