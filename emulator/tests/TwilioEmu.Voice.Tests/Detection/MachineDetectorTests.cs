using TwilioEmu.Voice.Detection;

namespace TwilioEmu.Voice.Tests.Detection;

/// <summary>Source: twilio.com/docs/voice/answering-machine-detection; defaults 2400, 1200, 5000 ms and 30 s.</summary>
public sealed class MachineDetectorTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false, "", "unknown 5.0")]
    [InlineData(false, "0.5+s 1.0-s", "human 2.2")]
    [InlineData(false, "0.5+s 6.0-s", "machine_start 2.9")]
    [InlineData(false, "0.5+s 1.0-s 2.0+s 9-s", "machine_start 2.9")]
    [InlineData(false, "0.5+s 1.0-s 2.0+s 2.5-s", "human 3.7")]
    [InlineData(false, "1+f", "fax 1.0")]
    [InlineData(false, "1+b", "machine_start 1.0")]
    [InlineData(false, "1+n", "machine_start 1.0")]
    [InlineData(true, "0.5+s 1.0-s", "human 2.2")]
    [InlineData(true, "", "unknown 5.0")]
    [InlineData(true, "1+f", "fax 1.0")]
    [InlineData(true, "0.5+s 6-s 6+b 6.5-b", "machine_end_beep 6.5")]
    [InlineData(true, "0.5+s 6-s", "machine_end_silence 7.2")]
    [InlineData(true, "0.5+s 6-s 7+s 9-s", "machine_end_silence 10.2")]
    [InlineData(true, "0.5+s 60-s", "machine_end_other 30.0")]
    public void Who_answered_is_known_by_what_the_line_lets_hear(bool waitsForEnd, string sounds, string expected) =>
        Detect(new MachineDetection { WaitsForEnd = waitsForEnd }, sounds).Should().Be(expected);

    [Fact]
    public void Each_threshold_can_be_moved()
    {
        Detect(new MachineDetection { SpeechThreshold = TimeSpan.FromSeconds(6) }, "0+s 5-s").Should().Be("human 6.2");
        Detect(new MachineDetection { SpeechEndThreshold = TimeSpan.FromSeconds(3) }, "0+s 1-s").Should().Be("human 4.0");
        Detect(new MachineDetection { SilenceTimeout = TimeSpan.FromSeconds(9) }, "").Should().Be("unknown 9.0");
        Detect(new MachineDetection { Timeout = TimeSpan.FromSeconds(3) }, "").Should().Be("unknown 3.0");
        Detect(new MachineDetection { Timeout = TimeSpan.FromSeconds(4), WaitsForEnd = true }, "0+s 9-s")
            .Should().Be("machine_end_other 4.0");
    }

    /// <summary>Feeds sounds as <c>seconds+kind</c> and <c>seconds-kind</c>, and looks whenever something is due.</summary>
    private static string Detect(MachineDetection wanted, string sounds)
    {
        var detector = new MachineDetector(wanted, Start);
        foreach (var sound in sounds.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = sound.IndexOfAny(['+', '-']);
            var now = Start + TimeSpan.FromSeconds(double.Parse(sound[..at], System.Globalization.CultureInfo.InvariantCulture));
            while (detector.Result is null && detector.Due <= now)
            {
                var due = detector.Due;
                detector.Look(due);
                if (detector.Result is { } early) return Tell(early, due);
            }
            var kind = sound[^1] switch { 's' => LineSound.Speech, 'b' => LineSound.Beep, 'f' => LineSound.Fax, _ => LineSound.Network };
            if (sound[at] == '+') detector.Began(kind, now);
            else detector.Ended(kind, now);
            if (detector.Result is { } result) return Tell(result, now);
        }
        while (true)
        {
            var due = detector.Due;
            detector.Look(due);
            if (detector.Result is { } result) return Tell(result, due);
        }
    }

    private static string Tell(string result, DateTimeOffset at) =>
        $"{result} {(at - Start).TotalSeconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)}";
}
