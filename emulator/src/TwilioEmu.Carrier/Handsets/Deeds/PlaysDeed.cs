using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Media.Audio;

namespace TwilioEmu.Carrier.Handsets.Deeds;

internal sealed class PlaysDeed : Deed<ScriptStep.Plays>
{
    /// <summary>How long a recording lasts that cannot be read.</summary>
    private static readonly TimeSpan StandIn = TimeSpan.FromSeconds(5);

    public override string Word => "plays";

    public override string Means => "plays a recording into the phone; one that cannot be read lasts 5 s, and the journal tells";

    public override string Takes => "file: WAV, MP3, or 8 kHz mu-law (`.ul`, `.ulaw`)";

    public override ScriptStep? Read(IDeedSource source) => source.Text(Word) is { } file ? new ScriptStep.Plays(file) : null;

    protected override void Write(ScriptStep.Plays step, IDeedSink sink) => sink.Text(Word, step.File);

    private protected override async Task<bool> RunAsync(ScriptStep.Plays step, HandsetLeg leg, CancellationToken cancellation)
    {
        await leg.SayAsync(Sounds.Unheard(step.File, await MeasureAsync(leg, step.File, cancellation)));
        return true;
    }

    private static async Task<TimeSpan> MeasureAsync(HandsetLeg leg, string file, CancellationToken cancellation)
    {
        var duration = await leg.World.Loop.OffLoopAsync($"reading {file}", async c =>
        {
            try
            {
                var type = Path.GetExtension(file).ToLowerInvariant() switch { ".mp3" => "audio/mpeg", ".ul" or ".ulaw" => "audio/ulaw", _ => "audio/wav" };
                var bytes = await File.ReadAllBytesAsync(file, c);
                return SoundFile.TryMeasure(type, bytes, out var length) ? length : (TimeSpan?)null;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
            {
                return null;
            }
        }, cancellation);
        if (duration is { } known) return known;
        leg.World.Journal.Write(
            AccountSid.None, HandsetEntries.SoundUnreadable, leg.Number, leg.Cause, ("call_sid", leg.CallSid), ("file", file), ("stand_in", StandIn));
        return StandIn;
    }
}
