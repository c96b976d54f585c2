using System.Text.Json;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Media.Dtmf;

namespace TwilioEmu.Carrier.Tests.Handsets;

/// <summary>A phone plays files of one folder, and they are truly heard.</summary>
public sealed class PlaysDeedTests : IAsyncLifetime
{
    private static readonly string Fixtures = Testing.Files.Repository.At("fixtures", "audio");
    private readonly World _world = new(new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart });
    private HandsetDirectory _phones = null!;
    private Listener _listener = null!;
    private ILeg _leg = null!;

    public async ValueTask InitializeAsync() => await _world.Loop.RunAsync(() =>
    {
        _phones = new HandsetDirectory(_world);
        _phones.Exchange.Studio.Media = new MediaFolder(Fixtures);
        _listener = new Listener(_world);
    }, default);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_file_of_the_folder_is_heard_as_it_sounds()
    {
        await PlayAsync("tone-1000.wav");
        await _world.Clock.AdvanceAsync(TimeSpan.FromSeconds(1.7));
        var now = _world.Clock.GetUtcNow();
        var pcm = await _phones.Exchange.Studio.Recorder.PcmAsync(_leg.FromParty, now - TimeSpan.FromSeconds(0.2), now, default);
        Goertzel.Share(pcm, 1000).Should().BeGreaterThan(0.9);
        (await FaultsAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("../numbers/numbers.json", "ends in none of")]
    [InlineData("../numbers/numbers.wav", "lies outside")]
    [InlineData("/etc/passwd.wav", "lies outside")]
    [InlineData("absent.wav", "there is no such file")]
    [InlineData("make.py", "ends in none of")]
    [InlineData(".", "ends in none of")]
    public async Task What_is_no_sound_of_the_folder_is_silence_and_told(string file, string why)
    {
        await PlayAsync(file);
        await _world.Clock.AdvanceAsync(TimeSpan.FromSeconds(30));
        (await FaultsAsync()).Should().ContainSingle().Which.Should().Contain(why);
        _listener.News.Should().ContainInOrder($"1.2 began {file}", $"6.2 ended {file}");
    }

    [Fact]
    public async Task A_link_out_of_the_folder_leads_nowhere()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "out"), Fixtures);
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "tone.wav"), Path.Combine(Fixtures, "tone-440.wav"));
            foreach (var file in new[] { "out/tone-440.wav", "tone.wav" })
            {
                (await new MediaFolder(folder.FullName).ReadAsync(file, default)).Why.Should().Contain("lies outside");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Where_no_folder_was_named_the_option_is() =>
        (await MediaFolder.None.ReadAsync("tone-440.wav", default)).Why.Should().Contain("--media");

    private async Task PlayAsync(string file)
    {
        await _world.Loop.RunAsync(() =>
        {
            const string Phone = "+14155550199";
            _phones.Configure(
                Phone,
                new HandsetBehaviour
                {
                    After = TimeSpan.FromSeconds(1),
                    Script = [new ScriptStep.Plays(file), new ScriptStep.Waits(TimeSpan.FromSeconds(60))],
                });
            var offer = new CallOffer(AccountSid.None, "CA1", PartyAddress.Read("+14155550100"), PartyAddress.Read(Phone), 0);
            _leg = _listener.On(_phones.Exchange.VoiceLine(offer.To)!.Place(offer, _listener));
        }, default);
    }

    private Task<List<string>> FaultsAsync() => _world.Loop.RunAsync(
        () =>
            _world.Journal.After(0)
                .Where(e => e.Kind == "handset.sound_unreadable")
                .Select(e => JsonDocument.Parse(e.ToJson()).RootElement.GetProperty("data").GetProperty("why").GetString()!).ToList(),
        default);
}
