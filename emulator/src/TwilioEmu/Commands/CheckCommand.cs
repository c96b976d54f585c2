using System.CommandLine;
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
        command.SetAction(parsed =>
        {
            var isSound = true;
            foreach (var file in parsed.GetRequiredValue(files))
            {
                if (ConfigFiles.ReadText(file) is not { } text)
                {
                    isSound = false;
                    continue;
                }
                var faults = new Faults();
                var kind = Check(file, text, faults);
                if (ConfigFiles.Tell(faults)) isSound = false;
                else System.Console.WriteLine($"{file}: {kind} is sound");
            }
            return isSound ? ExitCodes.Ok : ExitCodes.BadInput;
        });
        return command;
    }

    private static string Check(string file, string text, Faults faults)
    {
        // Read twice over: what kind of file it is shows only once it is read, and the reader wants it whole.
        if (YamlFile.Read(file, text, new Faults()) is { } root && ScenarioReader.IsScenario(root))
        {
            ScenarioReader.ReadFile(file, text, faults);
            return "scenario";
        }
        ConfigReader.ReadFile(file, text, faults);
        return "config";
    }
}
