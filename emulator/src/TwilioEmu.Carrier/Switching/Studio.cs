using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Programs;
using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Rendering;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.Switching;

/// <summary>What turns a world's scores into sound: voices, decoded files, renderers; one for each world.</summary>
/// <remarks>
/// Safe from any thread. espeak-ng speaks where it is installed, else the tone voice; lame makes MP3 where it is installed.
/// </remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "What it owns holds no more than semaphores, and lives as long as its world.")]
public sealed class Studio
{
    // Of six parts of what is kept files have four, words and recordings one each; what is dropped is decoded, spoken or rendered again.
    private const int Parts = 6;
    private const int ClipParts = 4;

    // What <Play> plays for sure: 40 minutes (twilio.com/docs/voice/twiml/play).
    private static readonly SoundLimits Limits = SoundLimits.Default with { MaxLength = TimeSpan.FromMinutes(40) };

    private readonly InstalledProgram _espeak = InstalledProgram.OnPath("espeak-ng");
    private readonly InstalledProgram _lame = InstalledProgram.OnPath("lame");

    /// <param name="maxBytes">Of samples and files that are kept so that they need not be made again.</param>
    public Studio(long maxBytes)
    {
        RecordingBytes = maxBytes / Parts;
        Clips = new ClipStore(maxBytes / Parts * ClipParts);
        Words = new SpokenWords(_espeak.IsInstalled ? new EspeakVoice(_espeak) : new ToneVoice(), maxBytes / Parts);
        Recorder = new Recorder(Words, Clips);
        Files = new ClipMaker(Clips, Limits);
        Mp3 = new Mp3Encoder(_lame);
    }

    /// <summary>Decoded files.</summary>
    public IClipStore Clips { get; }

    /// <summary>How many bytes of recordings' files whoever renders them may keep.</summary>
    public long RecordingBytes { get; }

    /// <summary>Files to clips.</summary>
    public ClipMaker Files { get; }

    /// <summary>Who understands what live parties say; null for nobody.</summary>
    public Recogniser? Recogniser { get; set; }

    /// <summary>Where phones play files from.</summary>
    public MediaFolder Media { get; set; } = MediaFolder.None;

    public SpokenWords Words { get; }

    /// <summary>Tracks to files.</summary>
    public Recorder Recorder { get; }

    public Mp3Encoder Mp3 { get; }

    /// <summary>A file as something that sounds; on the loop, decoded off it when it is new.</summary>
    /// <param name="loop">Of the world.</param>
    /// <param name="name">Its caption.</param>
    /// <param name="mediaType">Lower case, without parameters.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The clip; or null and why. What can be measured and not decoded is a silent clip, and why.</returns>
    public async Task<(Source.Clip? Clip, string? Why)> ClipAsync(
        WorldLoop loop, string name, string mediaType, ReadOnlyMemory<byte> file, CancellationToken cancellation)
    {
        if (!Files.TryGet(mediaType, file, out var made))
        {
            made = await loop.OffLoopAsync($"decoding {name}", _ => Files.MakeAsync(mediaType, file), cancellation);
        }
        if (made.Fault == SoundFault.None) return (new Source.Clip(made.Id, name, made.Length), null);
        return made.Fault == SoundFault.Unsupported && SoundFile.TryMeasure(mediaType, file.Span, out var length)
            ? (Sounds.Unheard(name, length), made.Detail) : (null, made.Detail);
    }

    /// <summary>A file that somebody sends, known by its first bytes, else by the type it is said to have; any thread.</summary>
    /// <returns>The clip; or null and what is wrong with it.</returns>
    public async Task<(Source.Clip? Clip, string? Why)> ReadAsync(string name, string saidType, ReadOnlyMemory<byte> file)
    {
        var type = SoundFile.TypeOf(file.Span) ?? saidType;
        if (!SoundFile.IsPlayable(type))
        {
            return (
                null,
                "it is no sound: a WAV, MP3, AIFF or AU file is, and mu-law as audio/ulaw (seen: "
                    + $"{(type.Length == 0 ? "no Content-Type" : type)}, {file.Length} bytes)");
        }
        var made = await Files.MakeAsync(type, file).ConfigureAwait(false);
        return made.Fault == SoundFault.None
            ? (new Source.Clip(made.Id, name, made.Length), null)
            : (null, $"it cannot be read as {type}: {made.Detail}");
    }

    /// <summary>What a party of a call heard or said between two instants, as a WAV file; any thread.</summary>
    /// <param name="party">Whose.</param>
    /// <param name="hears">True has what it heard; with <paramref name="says"/> that is the second channel.</param>
    /// <param name="says">True has what it said.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="until">The last.</param>
    /// <param name="cancellation">Ends the rendering.</param>
    public Task<byte[]> WavAsync(
        PartySound party, bool hears, bool says, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation)
    {
        IReadOnlyList<Track> channels = !says ? [party.ToParty] : hears ? [party.FromParty, party.ToParty] : [party.FromParty];
        return Recorder.WavAsync(channels, [new Stretch(from, until)], cancellation);
    }
}
