using TwilioEmu.Composition;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Running;
using TwilioEmu.Scenarios.Steps;
using TwilioEmu.Testing.Files;

namespace TwilioEmu.Tests.Composition;

/// <summary>
/// Every story of the repository, told in a world of its own; the campaign, which takes a minute, by <c>test.sh scenarios</c> alone.
/// </summary>
public sealed class StoryTests
{
    public static TheoryData<string> Files()
    {
        return [.. Directory.GetFiles(Repository.At("scenarios"), "*.yaml").Where(f => Path.GetFileName(f) != "campaign.yaml").Order()];
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_story_passes(string file)
    {
        var faults = new Faults();
        var story = ScenarioReader.ReadFile(file, await File.ReadAllTextAsync(file), faults);
        faults.All.Should().BeEmpty();
        using var http = new SocketHttpDoor();
        var result = await ScenarioRunner.InFreshWorlds(
            new StoryHost(ServeOptions.None), http, TimeProvider.System).RunAsync(story!, default);
        result.Failure.Should().BeNull();
    }
}
