using System.CommandLine;
using TwilioEmu.Composition;
using TwilioEmu.Durable;
using TwilioEmu.Durable.Files;
using TwilioEmu.Durable.Lines;

namespace TwilioEmu.Commands;

/// <summary>
/// <c>twilioemu export</c> and <c>import</c>: a world of <c>--data</c> as JSON lines, and such lines as a world.
/// No emulator may have the folder meanwhile.
/// </summary>
internal static class CarryCommands
{
    public static Command BuildExport()
    {
        var (data, file) = (Data(), new Option<string?>("--out") { Description = "where to; stdout unless given" });
        var command = new Command("export", "writes the world of a folder of --data as JSON lines") { data, file };
        command.SetAction((parsed, cancellation) => TellingAsync(async () =>
        {
            var world = DurableWorld.Export(parsed.GetRequiredValue(data), HouseForms.All);
            await using var to = parsed.GetValue(file) is { } path ? File.Create(path) : System.Console.OpenStandardOutput();
            await WorldLines.WriteAsync(world, to, cancellation);
            await System.Console.Error.WriteLineAsync($"twilioemu: {Words(world.Rows.Count, world.Entries.Count)}");
        }));
        return command;
    }

    public static Command BuildImport()
    {
        var (data, file) = (Data(), new Argument<string>("FILE") { Description = "what export wrote, or GET /_emu/v1/world; - for stdin" });
        var command = new Command(
            "import", "makes such lines the world of a folder that has none; serve --data goes on with it") { file, data };
        command.SetAction((parsed, cancellation) => TellingAsync(async () =>
        {
            var path = parsed.GetRequiredValue(file);
            await using var from = path == "-" ? System.Console.OpenStandardInput() : File.OpenRead(path);
            var world = await WorldLines.ReadAsync(from, HouseForms.All, cancellation);
            DurableWorld.Import(parsed.GetRequiredValue(data), world, HouseForms.All);
            await System.Console.Error.WriteLineAsync($"twilioemu: {Words(world.Rows.Count, world.Entries.Count)}");
            foreach (var lost in Transients.All) await System.Console.Error.WriteLineAsync($"twilioemu: not carried: {lost}");
        }));
        return command;
    }

    private static Option<string> Data() => new("--data") { Description = "the folder", Required = true };

    private static string Words(int records, int entries) => $"{records} records, {entries} entries of the journal";

    private static async Task<int> TellingAsync(Func<Task> act)
    {
        try
        {
            await act();
            return ExitCodes.Ok;
        }
        catch (Exception fault) when (fault is DataFault or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await System.Console.Error.WriteLineAsync($"twilioemu: {fault.Message}");
            return ExitCodes.BadInput;
        }
    }
}
