using System.Globalization;
using TwilioEmu.Bench.Paths;

namespace TwilioEmu.Bench;

/// <summary>What can be measured, and what it may be told.</summary>
/// <param name="Options">As the usage shows them: <c>--count N</c>; one without a value is a switch.</param>
/// <param name="RunAsync">Prints its table; the exit code.</param>
internal sealed record BenchPath(string Name, string[] Options, Func<BenchOptions, Task<int>> RunAsync);

/// <summary>What stood behind the path on the command line.</summary>
internal sealed class BenchOptions
{
    private readonly Dictionary<string, string> _given;

    private BenchOptions(Dictionary<string, string> given) => _given = given;

    public Programs Programs => Programs.At(Text("--emulator"), Text("--bare"));

    /// <returns>Null, and what is wrong, for an option that the path does not have, one without its value, and one that wants a number and has none.</returns>
    public static BenchOptions? TryRead(BenchPath path, string[] args, out string fault)
    {
        string[] known = [.. path.Options, "--emulator FILE", "--bare FILE"];
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i++)
        {
            var shape = known.FirstOrDefault(k => k.Split(' ')[0] == args[i]);
            if (shape is null)
            {
                fault = $"{path.Name} has no option {args[i]}";
                return null;
            }
            var name = args[i];
            var value = shape.Contains(' ') ? args.ElementAtOrDefault(++i) : "";
            var isFine = value is not null && (!shape.EndsWith(" N", StringComparison.Ordinal) || IsNumber(value));
            if (!isFine)
            {
                fault = $"{name} wants a value: {shape}";
                return null;
            }
            given[name] = value!;
        }
        fault = "";
        return new BenchOptions(given);
    }

    public bool Has(string name) => _given.ContainsKey(name);

    public string? Text(string name) => _given.GetValueOrDefault(name);

    public double Number(string name, double usual) => Text(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : usual;

    public int Count(string name, int usual) => checked((int)Number(name, usual));

    private static bool IsNumber(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= int.MaxValue;
}
