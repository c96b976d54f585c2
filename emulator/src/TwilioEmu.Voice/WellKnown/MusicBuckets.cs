using System.Security;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Tones;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.WellKnown;

/// <summary>Twilio's hold music: the buckets of songs, and the playlist that <c>waitUrl</c> defaults to.</summary>
/// <remarks>
/// twilio.com/docs/voice/twiml/conference#attributes-waiturl, twilio.com/docs/voice/twiml/enqueue. Songs go by their own names and sound
/// all the same: half a minute of music of ours.
/// </remarks>
internal static class MusicBuckets
{
    public const string S3 = "s3.amazonaws.com";

    /// <summary>Where <c>waitUrl</c> leads when it is left out.</summary>
    public const string DefaultPlaylist = $"https://{S3}/{Sounds}/index.xml";

    private const string Sounds = "com.twilio.sounds.music";
    private const string Prefix = "com.twilio.music.";
    private const int SampleCount = 30 * 8000;

    private static readonly (string Genre, string[] Songs)[] Genres =
    [
        (
            "classical",
            ["BusyStrings.mp3", "ClockworkWaltz.mp3", "ith_chopin-15-2.mp3", "ith_brahms-116-4.mp3", "MARKOVICHAMP-Borghestral.mp3"]),
        ("ambient", ["music.mp3"]),
        ("electronica", ["music.mp3"]),
        ("guitars", ["Pitx_-_A_Thought.mp3", "Pitx_-_Long_Winter.mp3"]),
        ("newage", ["music.mp3"]),
        ("rock", ["nickleus_-_original_guitar_song_200907251723.mp3"]),
        ("soft-rock", ["music.mp3"]),
    ];

    private static readonly Lazy<AppAnswer> Recording = new(() => new AppAnswer(200, "audio/x-wav", "") { Bytes = Play() });

    /// <summary>Every bucket.</summary>
    public static IReadOnlyList<string> All { get; } = [Sounds, .. Genres.Select(g => Prefix + g.Genre)];

    /// <summary>The one piece of music there is.</summary>
    public static AppAnswer Song => Recording.Value;

    /// <summary>URLs of the songs of a bucket; empty for an unknown one.</summary>
    public static IReadOnlyList<string> SongsOf(string bucket)
    {
        var genre = bucket == Sounds ? "classical" : bucket.StartsWith(Prefix, StringComparison.Ordinal) ? bucket[Prefix.Length..] : "";
        return [.. Genres.Where(g => g.Genre == genre).SelectMany(g => g.Songs).Select(s => $"http://{bucket}.{S3}/{s}")];
    }

    /// <summary>A playlist or a song, the bucket named by host or by path.</summary>
    public static AppAnswer? Answer(Uri url)
    {
        var path = url.AbsolutePath.TrimStart('/');
        var bucket = url.Host == S3 ? path.Split('/')[0] : url.Host[..^(S3.Length + 1)];
        var name = url.Host == S3 ? path[bucket.Length..].TrimStart('/') : path;
        if (!All.Contains(bucket)) return null;
        return name switch
        {
            "index.xml" =>
                WellKnownApp.Twiml(string.Concat(SongsOf(bucket).Select(s => $"<Play>{SecurityElement.Escape(s)}</Play>")) + "<Redirect/>"),
            _ when SongsOf(bucket).Any(s => s.EndsWith("/" + name, StringComparison.Ordinal)) => Song,
            _ when name.EndsWith(".mp3", StringComparison.Ordinal) => Song,
            _ => null,
        };
    }

    private static byte[] Play()
    {
        var sum = new int[SampleCount];
        ToneGenerator.Add(new ToneName(ToneKind.HoldMusic), 0, sum, 1);
        return WavWriter.Mono(Array.ConvertAll(sum, s => (short)Math.Clamp(s, short.MinValue, short.MaxValue)));
    }
}
