using TwilioEmu.Media.Programs;
using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tests.Testing;

namespace TwilioEmu.Media.Tests.Prompts;

public sealed class VoicesTests
{
    private static readonly (string Language, string Text)[] Texts = [.. Read()];

    [Fact]
    public void There_are_texts_in_twelve_languages()
    {
        Texts.Length.Should().BeGreaterThan(190);
        Texts.Select(t => t.Language).Distinct().Should().HaveCount(12);
    }

    [Fact]
    public void The_tone_voice_is_exactly_as_long_as_the_pace()
    {
        foreach (var (_, text) in Texts)
        {
            var pace = SpeechPace.DurationOf(text);
            Grid.LengthOf(ToneVoice.Speak(text, "", pace).Length).Should().Be(pace, text);
        }
    }

    [Fact]
    [Trait("slow", "yes")]
    public async Task Every_text_fits_its_pace_by_rate_and_a_quarter_of_stretching()
    {
        using var espeak = InstalledProgram.OnPath("espeak-ng");
        Assert.SkipUnless(espeak.IsInstalled, "espeak-ng is not installed");
        var voice = new EspeakVoice(espeak);
        var tooLong = new List<string>();
        foreach (var (language, text) in Texts)
        {
            var pace = SpeechPace.DurationOf(text);
            var pcm = await voice.SpeakAsync(text, $"Test.{Tag(language)}-A", pace, default);
            pcm.Should().NotBeNull(text);
            if (Grid.LengthOf(pcm!.Length) > pace + Grid.FrameLength) tooLong.Add($"{text}: {Grid.LengthOf(pcm.Length)}, pace {pace}");
        }
        tooLong.Should().BeEmpty();
    }

    /// <summary>Talk-off, ITU-T Q.24: what people say is no key. By espeak-ng where it is installed, else by our own voice.</summary>
    [Fact]
    [Trait("slow", "yes")]
    public async Task No_text_of_any_language_is_taken_for_keys()
    {
        using var espeak = InstalledProgram.OnPath("espeak-ng");
        IVoice voice = espeak.IsInstalled ? new EspeakVoice(espeak) : new ToneVoice();
        var talkedOff = new List<string>();
        foreach (var (language, text) in Texts)
        {
            var pcm = await voice.SpeakAsync(text, $"Test.{Tag(language)}-A", SpeechPace.DurationOf(text), default);
            pcm.Should().NotBeNull(text);
            new DtmfDetector().Process(pcm, key => talkedOff.Add($"{key.Key} in {text}"));
        }
        talkedOff.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Google.de-DE-Wavenet-A", "Hallo", "de")]
    [InlineData("Polly.Joanna", "Hello", "en-us")]
    [InlineData("Polly.Marlene", "Guten Tag", "de")]
    [InlineData("Polly.Vicki-Neural", "Guten Tag", "de")]
    [InlineData("Polly.Camila fr-FR", "Bom dia", "pt-br")]
    [InlineData("alice fr-FR", "Bonjour", "fr")]
    [InlineData("de-DE", "Guten Tag", "de")]
    [InlineData("", "Здравствуйте", "ru")]
    [InlineData("", "您好", "cmn")]
    [InlineData("", "東京です", "ja")]
    [InlineData("Google.cmn-CN-Standard-A", "Hello", "cmn")]
    public void The_language_is_the_voices_or_the_scripts(string voice, string text, string language) =>
        VoiceLanguage.Of(voice, text).Should().Be(language);

    [Theory]
    [InlineData(8000, 9000, 9000)]
    [InlineData(8000, 7000, 7000)]
    [InlineData(8000, 4000, 6400)]
    [InlineData(8000, 20_000, 20_000)]
    public void Stretching_is_a_quarter_at_most_and_the_rest_is_padded(int spoken, int wanted, int length)
    {
        var fitted = EspeakVoice.Fit(Sounds.Sine(200, spoken / 8.0), wanted);
        fitted.Should().HaveCount(length);
        if (wanted == 20_000) fitted[10_100..].Should().OnlyContain(s => s == 0);
    }

    [Fact]
    public void Stretching_keeps_the_pitch()
    {
        foreach (var length in (int[])[6500, 9900])
        {
            var stretched = Stretching.To(Sounds.Sine(200, 1000), length);
            Sounds.Amplitude(stretched.AsSpan(800, 4800), 200).Should().BeApproximately(5000, 400);
        }
    }

    [Fact]
    public async Task Where_no_engine_is_installed_tones_stand_in_and_it_is_told()
    {
        using var none = new InstalledProgram("no-such-program", "/nowhere", ProgramLimits.Default, TimeProvider.System);
        using var words = new SpokenWords(new EspeakVoice(none), 1 << 20);
        var unspoken = 0;
        words.Unspoken += _ => unspoken++;
        var hello = new Source.Words("hello", "", TimeSpan.FromSeconds(1));
        words.TryGet(hello, out _).Should().BeFalse();
        await words.PrepareAsync(hello, default);
        words.TryGet(hello, out var pcm).Should().BeTrue();
        pcm.Length.Should().Be(8000);
        unspoken.Should().Be(1);
    }

    [Fact]
    public async Task A_program_that_takes_too_long_is_stopped()
    {
        using var sleep = new InstalledProgram("sleep", "/bin:/usr/bin", new ProgramLimits(TimeSpan.FromMilliseconds(50), 1000, 1),
            TimeProvider.System);
        Assert.SkipUnless(sleep.IsInstalled, "no sleep here");
        (await sleep.RunAsync(["60"], default, default)).Outcome.Should().Be(ProgramOutcome.Stopped);
    }

    [Fact]
    public async Task A_program_that_fails_says_so()
    {
        using var cat = new InstalledProgram("cat", "/bin:/usr/bin", ProgramLimits.Default, TimeProvider.System);
        Assert.SkipUnless(cat.IsInstalled, "no cat here");
        var failed = await cat.RunAsync(["/no/such/file"], default, default);
        failed.Outcome.Should().Be(ProgramOutcome.Failed);
        failed.Detail.Should().Contain("/no/such/file");
        (await cat.RunAsync([], "abc"u8.ToArray(), default)).Output.Should().Equal("abc"u8.ToArray());
        using var little = new InstalledProgram("cat", "/bin:/usr/bin", ProgramLimits.Default with { MaxOutputByteCount = 2 },
            TimeProvider.System);
        (await little.RunAsync([], "abc"u8.ToArray(), default)).Outcome.Should().Be(ProgramOutcome.Stopped);
    }

    private static string Tag(string language) => language switch
    {
        "en-us" => "en-US",
        "cmn" => "cmn-CN",
        _ => $"{language}-{language.ToUpperInvariant()}",
    };

    private static IEnumerable<(string, string)> Read()
    {
        using var reader = new StreamReader(typeof(VoicesTests).Assembly.GetManifestResourceStream("spoken-texts.tsv")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t') is [var language, var text] && !line.StartsWith('#')) yield return (language, text);
        }
    }
}
