namespace TwilioEmu.Bench.Paths;

/// <summary>The two programs compared: the emulator, and a bare Kestrel that does the same form and credentials and nothing else.</summary>
internal sealed record Programs(string Emulator, string Bare)
{
    public const string Account = "AC00000000000000000000000000000001";

    public static string Authorization { get; } =
        "Basic " + Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{Account}:00000000000000000000000000000001"));

    public static string MessagesPath => $"/2010-04-01/Accounts/{Account}/Messages.json";

    public static Programs At(string? emulator, string? bare)
    {
        // artifacts/bin/TwilioEmu.Bench/release -> artifacts
        var artifacts = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));
        return new Programs(
            emulator ?? Path.Combine(artifacts, "bin", "TwilioEmu", "release", "twilioemu.dll"),
            bare ?? Path.Combine(artifacts, "bin", "BareKestrel", "release", "BareKestrel.dll"));
    }

    /// <summary>Arguments of an emulator with a thousand long codes and a thousand short codes' worth of room.</summary>
    public static async Task<string[]> ServeAsync(string clock, int numbers)
    {
        var config = Path.Combine(Path.GetTempPath(), $"twilioemu-bench-{numbers}.yaml");
        await File.WriteAllLinesAsync(config, ["numbers:", .. Enumerable.Range(0, numbers).Select(i => $"  - {{ number: \"{Number(i)}\", type: long-code }}")]);
        return ["serve", "--port", "0", "--clock", clock, "--seed", "1", "--config", config];
    }

    /// <summary>The i-th configured number.</summary>
    public static string Number(int i) => $"+1415555{i:0000}";

    /// <summary>The form of the i-th message, spread over the numbers.</summary>
    public static string Form(int i, int numbers, string? callback = null) =>
        $"To=%2B1212{i % 10_000_000:0000000}&From=%2B1415555{i % numbers:0000}&Body=Message+number+{i}+of+the+morning+broadcast" + (
            callback is null ? "" : $"&StatusCallback={callback}");
}
