using System.Collections.Immutable;
using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Rendering;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Voice.Recordings;

/// <summary>
/// Where something sounds in a recording, told from its score alone: no sample is looked at, so it is the same on every machine.
/// </summary>
/// <remarks>Silence within a file that was played counts as sound.</remarks>
internal static class Loudness
{
    /// <summary>The stretches without the silence before the first sound and after the last; none when nothing sounds.</summary>
    public static ImmutableArray<Stretch> Trim(IReadOnlyList<Track> channels, IReadOnlyList<Stretch> stretches)
    {
        var (first, last) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        foreach (var stretch in stretches.Where(s => !s.IsSilent))
        {
            foreach (var channel in channels) Hear(channel, stretch, ref first, ref last);
        }
        if (first >= last) return [];
        return
        [
            .. stretches.Where(s => s.Until > first && s.From < last)
                .Select(s => s with { From = s.From < first ? first : s.From, Until = s.Until > last ? last : s.Until }),
        ];
    }

    private static void Hear(Track channel, Stretch stretch, ref DateTimeOffset first, ref DateTimeOffset last)
    {
        var sounding = 0;
        var (from, until) = (first, last);
        var hearing = new Hearing(channel, stretch.From);
        hearing.WantWords(false, stretch.From);
        hearing.Advance(stretch.Until, perceived =>
        {
            switch (perceived)
            {
                case Perceived.Began began when began.At < stretch.Until:
                    sounding++;
                    if (began.At < from) from = began.At;
                    break;
                case Perceived.Ended ended:
                    sounding--;
                    if (ended.At > until) until = ended.At;
                    break;
            }
        });
        (first, last) = (from, sounding > 0 && stretch.Until > until ? stretch.Until : until);
    }
}
