using TwilioEmu.Composition;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Running;
using TwilioEmu.Scenarios.Steps;
using TwilioEmu.Testing.Files;

namespace TwilioEmu.Tests.Composition;

/// <summary>
/// Stories that must fail, each telling its cause in the first line: what <c>#
/// says:</c> announces at the top of its file (<c>*</c> for what other rooms word).
/// </summary>
public sealed class WrongStoryTests
{
    private const string Says = "# says: ";

    public static TheoryData<string> Files()
    {
        return [.. Directory.GetFiles(Repository.At("emulator", "tests", "TwilioEmu.Tests", "Composition", "wrong"), "*.yaml").Order()];
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_wrong_story_tells_its_cause_first(string file)
    {
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        text.Should().StartWith(Says);
        var wanted = text[Says.Length..text.IndexOf('\n')];
        var faults = new Faults();
        var story = ScenarioReader.ReadFile(Path.GetFileName(file), text, faults);
        using var http = new SocketHttpDoor();
        var told = story is null
            ? faults.All[0].ToString()
            : (await ScenarioRunner.InFreshWorlds(new StoryHost(ServeOptions.None), http, TimeProvider.System)
                .RunAsync(story, TestContext.Current.CancellationToken)).Failure?.FirstLine;

        told.Should().Match(wanted);
    }
}
