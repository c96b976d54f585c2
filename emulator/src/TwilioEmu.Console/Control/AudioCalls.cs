using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Console.Control;

/// <summary>What a call sounds like, and files played into it.</summary>
internal static class AudioCalls
{
    /// <summary>The largest file taken; the server's own bound.</summary>
    private const int MaxFileBytes = 8 * 1024 * 1024;

    /// <summary>The longest piece rendered at once: 58 MB for each channel.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>What a party heard or said, as a WAV file: 16 bits, 8 kHz.</summary>
    public static async Task<ControlAnswer?> GetAsync(ControlRequest request)
    {
        var sid = request.Value("sid");
        var party = request.Query("party");
        var side = request.Query("side") ?? "heard";
        var from = Length(request, "from") ?? TimeSpan.Zero;
        var length = Length(request, "for");
        if (side is not ("heard" or "said" or "both")) throw ControlRequest.Bad("side", $"side is heard, said or both, not \"{side}\"");
        var (parties, now) = await request.TurnAsync(() =>
            (request.House.Handsets.Exchange.CallSounds.Of(sid), request.World.Clock.GetUtcNow()));
        if (parties.Count == 0) return NoSuchSound(request, sid);
        if ((party is null ? parties[0] : parties.FirstOrDefault(p => p.Party == party)) is not { } sound)
        {
            return ControlAnswer.Problem(
                404, $"{party} is no party of the call {sid}; there are {string.Join(", ", parties.Select(p => p.Party))}");
        }
        var (start, end) = (sound.Began + from, sound.Ended ?? now);
        if (length is { } asked && start + asked < end) end = start + asked;
        if (end < start) end = start;
        if (end - start > Longest)
        {
            return ControlAnswer.Problem(
                400,
                $"the call has {Durations.Write(end - start)} of sound from there, and {Durations.Write(Longest)} are rendered at once: "
                    + "say from and for");
        }
        var wav = await request.House.Handsets.Exchange.Studio.WavAsync(
            sound, side is "heard" or "both", side is "said" or "both", start, end, request.Cancellation);
        return new ControlAnswer(200, "audio/wav", wav);
    }

    /// <summary>A phone plays a file, after what its owner is doing already.</summary>
    public static async Task<ControlAnswer?> PlayAsync(ControlRequest request)
    {
        var sid = request.Value("sid");
        var handset = request.Query("handset");
        var name = request.Query("name") ?? "audio";
        var file = await request.FileAsync(MaxFileBytes);
        var type = (request.Context.Request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        var (clip, why) = await request.House.Handsets.Exchange.Studio.ReadAsync(name, type, file);
        if (clip is null) return ControlAnswer.Problem(415, $"the body cannot be played: {why}");
        var forbidden = await request.TurnAsync(() => PhoneActs.Act(request.House.Handsets, sid, handset, leg => leg.Play(clip)));
        if (forbidden is not null && !request.World.Journal.NewestFirst(new Selection(Subject: sid)).Any())
        {
            return CallCalls.NoSuchCall(sid);
        }
        if (forbidden is not null) return ControlAnswer.Problem(409, forbidden);
        return ControlAnswer.Ok(json =>
        {
            json.WriteString("call_sid", sid);
            json.WriteNumber("duration", clip.Length.TotalSeconds);
        });
    }

    private static TimeSpan? Length(ControlRequest request, string name) => request.Query(name) is not { } text ? null
        : Durations.TryParse(text, out var length, out _) && length >= TimeSpan.Zero
        ? length
        : throw ControlRequest.Bad(name, $"{name} must be a duration such as 10s, not \"{text}\"");

    private static ControlAnswer NoSuchSound(ControlRequest request, string sid) =>
        request.World.Journal.NewestFirst(new Selection(Subject: sid)).Any()
            ? ControlAnswer.Problem(
                404, $"the call {sid} has no sound: nobody was connected, or it is over and {CallSounds.MaxEnded} calls have ended since")
            : CallCalls.NoSuchCall(sid);
}
