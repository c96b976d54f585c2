using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Conferences;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Voice.WellKnown;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>What REST lets be heard in a conference: hold music for one member, announcements for one or all.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/api/conference-participant-resource.
/// One document at a time for each member; a later one cuts the former.
/// </remarks>
internal static class MemberSound
{
    /// <summary>What goes with the requests for such documents (inferred).</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Facts(ConferenceRoom room) =>
        [new("ConferenceSid", room.Record.Sid), new("FriendlyName", room.Record.FriendlyName)];

    /// <summary>
    /// Plays a document to a member on hold, over and over until it is taken off
    /// (inferred: silence else, where the document does not loop).
    /// </summary>
    /// <param name="services">Where it lives.</param>
    /// <param name="call">The member's call.</param>
    /// <param name="room">Where it is.</param>
    /// <param name="member">Who hears it.</param>
    /// <param name="url">Null for Twilio's music.</param>
    /// <param name="method"><c>GET</c> or <c>POST</c>.</param>
    public static async Task HoldAsync(
        CallServices services, LiveCall call, ConferenceRoom room, ConferenceMember member, string? url, string method)
    {
        member.HoldMusic?.Cancel();
        using var playing = CancellationTokenSource.CreateLinkedTokenSource(member.Presence, services.World.Ending);
        member.HoldMusic = playing;
        try
        {
            var request = new DocumentRequest.Fetch(url ?? MusicBuckets.DefaultPlaylist, method, WebhookPurpose.Hold, Facts(room));
            var side = new SideRun(services, call, SideRules.Conference, member.Media);
            while (true)
            {
                var began = services.World.Clock.GetUtcNow();
                if (await side.RunAsync(request, playing.Token) != SideEnd.RanOut) return;
                if (services.World.Clock.GetUtcNow() == began)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), services.World.Clock, playing.Token);
                }
            }
        }
        catch (OperationCanceledException) when (!services.World.Ending.IsCancellationRequested)
        {
            // Off hold, or gone.
        }
        finally
        {
            if (member.HoldMusic == playing) member.HoldMusic = null;
        }
    }

    /// <summary>Plays a document to a member, or to all, and tells of its end.</summary>
    /// <param name="services">Where it lives.</param>
    /// <param name="call">Whose account asks, and who is warned: the member's call, or the first member's.</param>
    /// <param name="room">Where it is.</param>
    /// <param name="member">Who hears it; null for all.</param>
    /// <param name="url">Absolute.</param>
    /// <param name="method"><c>GET</c> or <c>POST</c>.</param>
    public static async Task AnnounceAsync(
        CallServices services, LiveCall call, ConferenceRoom room, ConferenceMember? member, string url, string method)
    {
        using var playing = CancellationTokenSource.CreateLinkedTokenSource(
            member?.Presence ?? CancellationToken.None, services.World.Ending);
        try
        {
            var media = member?.Media ?? new RoomMedia(services.World, room.Announcements);
            var end = await new SideRun(services, call, SideRules.Conference, media)
                .RunAsync(new DocumentRequest.Fetch(url, method, WebhookPurpose.Announce, Facts(room)), playing.Token);
            if (end == SideEnd.Failed) return;
        }
        catch (OperationCanceledException) when (!services.World.Ending.IsCancellationRequested)
        {
            // The member is gone before the end.
        }
        var about = member is not null && room.Members.Contains(member) ? member : null;
        room.Report(
            ConferenceEvents.Announcement, "announcement-end", about, call.Cause, new KeyValuePair<string, string>("AnnounceUrl", url));
    }
}
