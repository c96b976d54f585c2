using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Strangers.Sweeping;

/// <summary>What a sweep found: faults that nobody excused, and a table.</summary>
internal sealed class Report(IReadOnlyList<Life> lives)
{
    private static readonly string[] Columns = ["create", "whole", "list", "fetch", "update", "change", "rewrite", "remove", "gone"];

    private static readonly List<JsonNode> Exceptions =
    [
        .. JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sweep", "exceptions.json")))!.AsArray()
            .Select(e => e!).Where(e => e["sdk"] is null || e["sdk"]!.ToString() == "dotnet"),
    ];

    public IEnumerable<string> Products => lives.Select(l => l.Kind.Product).Distinct();

    /// <summary>The faults of a product's classes that are on no list of exceptions, in words.</summary>
    public IReadOnlyList<string> Faults(string product) =>
    [
        .. from life in lives
           where life.Kind.Product == product
           from fault in life.Faults
           where !Exceptions.Any(e => Excuses(e, life, fault.Verb, fault.Says))
           select $"{life.Kind.Says} {fault.Verb}: {fault.Says}\n    {fault.Request}",
    ];

    public int Count(string verb) => lives.Count(l => l.Done.Contains(verb));

    public string Table()
    {
        var text = new StringBuilder();
        Row("", ["classes", .. Columns]);
        foreach (var product in Products) Row(product, Counts([.. lives.Where(l => l.Kind.Product == product)]));
        Row("all", Counts(lives));
        text.AppendLine(CultureInfo.InvariantCulture, $"values given and shown in the answer: {lives.Sum(l => l.Shown)}");
        foreach (var exception in Exceptions.Where(e => lives.Any(l => Covers(e, l)) && !lives.Any(l => l.Faults.Any(f => Excuses(e, l, f.Verb, f.Says)))))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"excused without a fault: {exception["path"]}: {exception["reason"]}");
        }
        text.AppendLine("nobody there to fetch: " + string.Join(", ", lives.Where(l => l.HasNobody).Select(l => l.Kind.Says)));
        return text.ToString();

        void Row(string name, IEnumerable<string> cells) => text.Append(name.PadRight(18)).AppendLine(string.Concat(cells.Select(c => c.PadLeft(8))));
    }

    private static IEnumerable<string> Counts(IReadOnlyList<Life> some) =>
        Columns.Select(c => some.Count(l => l.Done.Contains(c))).Prepend(some.Count).Select(n => n.ToString(CultureInfo.InvariantCulture));

    private static bool Covers(JsonNode exception, Life life) => (life.Kind.Path + ".").StartsWith(Names.PlainPath(exception["path"]!.ToString()) + ".", StringComparison.Ordinal);

    private static bool Excuses(JsonNode exception, Life life, string verb, string says) =>
        Covers(exception, life)
        && (exception["verbs"] is not JsonArray verbs || verbs.Any(v => v!.ToString() == verb))
        && says.Replace("_", "", StringComparison.Ordinal).StartsWith(exception["says"]?.ToString().Replace("_", "", StringComparison.Ordinal) ?? "", StringComparison.OrdinalIgnoreCase);
}
