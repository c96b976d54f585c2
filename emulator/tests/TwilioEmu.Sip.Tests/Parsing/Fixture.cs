using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TwilioEmu.Sip.Tests.Parsing;

/// <summary>A message of <c>fixtures/sip</c>, its notation (RFC 4475 §2.1) resolved to octets.</summary>
internal static partial class Fixture
{
    private static readonly string Folder = Find();

    public static IEnumerable<string> Names(string rfc) => Directory.GetFiles(Path.Combine(Folder, rfc), "*.sip")
        .Select(f => Path.GetFileNameWithoutExtension(f));

    public static byte[] Read(string rfc, string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder, rfc, name + ".sip"));
        // What is joined loses its own line ends, and the one after it is the line's.
        text = AllOneLine().Replace(text, m => m.Groups[1].Value.Replace("\n", "", StringComparison.Ordinal));
        text = Repeat().Replace(text, m => string.Concat(Enumerable.Repeat(m.Groups[2].Value,
            int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))));
        text = text.Replace("\n", "\r\n", StringComparison.Ordinal);
        var bytes = new List<byte>();
        foreach (var part in Hex().Split(text).Select((part, index) => (part, index)))
            bytes.AddRange(part.index % 2 == 0 ? Encoding.UTF8.GetBytes(part.part) : Convert.FromHexString(part.part));
        return [.. bytes];
    }

    public static IEnumerable<string> Flows(string rfc) => Directory.GetFiles(Path.Combine(Folder, rfc), "*.flow")
        .Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    /// <summary>
    /// The steps of a flow: <c>></c> a message that comes, <c>&lt;</c> one that must be sent, <c>!</c> a deed or a claim.
    /// </summary>
    /// <returns>The mark, what follows it on its line, and the lines below, ended by CRLF.</returns>
    public static IEnumerable<(char Mark, string Title, string Body)> Steps(string rfc, string name)
    {
        (char Mark, string Title)? step = null;
        var body = new StringBuilder();
        foreach (var line in File.ReadLines(Path.Combine(Folder, rfc, name + ".flow")))
        {
            if (line is ['>' or '<' or '!', ' ', ..])
            {
                if (step is var (mark, title)) yield return (mark, title, body.ToString());
                (step, body) = ((line[0], line[2..]), new StringBuilder());
            }
            else if (step is not null) body.Append(line).Append("\r\n");
        }
        if (step is var (last, words)) yield return (last, words, body.ToString());
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TwilioEmu.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "fixtures", "sip");
    }

    [GeneratedRegex(@"<allOneLine>\n(.*?)</allOneLine>", RegexOptions.Singleline)]
    private static partial Regex AllOneLine();

    [GeneratedRegex(@"<repeat count=(\d+)>(.*?)</repeat>")]
    private static partial Regex Repeat();

    [GeneratedRegex(@"<hex>([0-9A-F]*)</hex>")]
    private static partial Regex Hex();
}
