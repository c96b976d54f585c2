using System.CommandLine;
using TwilioEmu.Composition;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;
using TwilioEmu.Scenarios.Yaml;

namespace TwilioEmu.Commands;

/// <summary><c>twilioemu check FILE...</c>: validates config and scenario files; every fault with line and column.</summary>
internal static class CheckCommand
{
    public static Command Build()
    {
        var files = new Argument<string[]>("FILE") { Description = "config or scenario files", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "validates config and scenario files; errors with line and column") { files };
        command.SetAction(async (parsed, _) =>
        {
            var isSound = true;
            if (StoryFiles.Find(parsed.GetRequiredValue(files)) is not { } found) return ExitCodes.BadInput;
            foreach (var file in found) isSound &= await CheckAsync(file);
            return isSound ? ExitCodes.Ok : ExitCodes.BadInput;
        });
        return command;
    }

    private static async Task<bool> CheckAsync(string file)
    {
        if (ConfigFiles.ReadText(file) is not { } text) return false;
        var faults = new Faults { Kinds = HouseEntries.Kinds };
        if (YamlFile.Read(file, text, faults, takesInclude: "given") is not { } root)
        {
            ConfigFiles.Tell(faults);
            return false;
        }
        var kind = ScenarioReader.IsScenario(root) ? "scenario" : "config";
        if (kind == "scenario")
        {
            var story = ScenarioReader.Read(file, root, faults);
            if (story is not null && faults.Count == 0)
            {
                await Rehearsal.RunAsync(story.Given, (root as Node.Mapping)?["given"] ?? root, faults);
            }
        }
        else
        {
            var config = ConfigReader.Read(root, faults);
            if (faults.Count == 0) await Rehearsal.RunAsync(config, root, faults);
        }
        if (ConfigFiles.Tell(faults)) return false;
        await System.Console.Out.WriteLineAsync($"{file}: {kind} is sound");
        return true;
    }
}
