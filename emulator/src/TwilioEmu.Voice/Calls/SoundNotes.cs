using System.Text.Json;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Voice.Calls;

/// <summary>Data of <c>sound.measured</c>: ten seconds of a live phone's sound, which Insights has as a metric.</summary>
internal sealed record SoundSample(LegSound Sound) : IEntryData
{
    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("codec", Sound.Codec);
        json.WriteString("remote", Sound.Remote);
        json.WriteNumber("sent", Sound.Sent);
        json.WriteNumber("received", Sound.Received);
        json.WriteNumber("lost", Sound.Lost);
        json.WriteNumber("duplicates", Sound.Duplicates);
        json.WriteNumber("jitter_ms", Ms(Sound.Jitter));
        json.WriteNumber("max_jitter_ms", Ms(Sound.MaxJitter));
        if (Sound.LostThere is { } lost) json.WriteNumber("lost_there", lost);
        if (Sound.JitterThere is { } jitter) json.WriteNumber("jitter_there_ms", Ms(jitter));
    }

    /// <summary>Milliseconds, to a hundredth.</summary>
    public static double Ms(TimeSpan time) => Math.Round(time.TotalMilliseconds, 2);
}

/// <summary>Keeps what was measured of a call's sound.</summary>
internal static class SoundNotes
{
    /// <summary>A sample goes to the journal, the whole to the record.</summary>
    /// <returns>The record as it is to be kept on.</returns>
    /// <remarks>The whole may come after the end, when its socket has closed; a record that was deleted meanwhile stays so.</remarks>
    public static Call Keep(CallServices services, Call call, LegNews.Measured news, long cause)
    {
        if (!news.IsWhole)
        {
            services.World.Journal.Write(call.Account, CallEntries.Measured, call.Sid, cause, new SoundSample(news.Sound));
            return call;
        }
        var measured = call with { Sound = news.Sound };
        if (call.Status.IsFinal() && services.Book.Records(call.Account).Find(call.Sid) is not null)
        {
            services.World.Store.Put(Call.Table, call.Account, measured, CallEntries.Sounded, cause);
        }
        return measured;
    }
}
