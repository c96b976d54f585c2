using System.Globalization;
using TwilioEmu.Scenarios.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TwilioEmu.Scenarios.Yaml;

/// <summary>Reads one YAML document into nodes that know their line and column.</summary>
/// <remarks>
/// From the parser's events, not by object mapping: trim-safe, and every bound is ours. Duplicate keys, tags, merge keys and
/// second documents are faults. An alias counts with all it stands for, so that nested aliases cannot grow without bound.
/// </remarks>
public static class YamlFile
{
    /// <summary>Characters in a file.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    private const string Include = "!include";

    /// <summary>What is said of a file without a document, or with comments only.</summary>
    private const string Empty = "the file is empty: a config says what there is (numbers: ...), a story begins with scenario:";

    /// <summary>Levels of nesting.</summary>
    public const int MaxDepth = 32;

    /// <summary>Nodes in a document, aliases counted with all they stand for.</summary>
    public const int MaxNodes = 200_000;

    /// <summary>The document's root; null after the faults that say what is wrong.</summary>
    /// <param name="name">The file's name, as faults show it.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="takesInclude">The field that may name another file, <c>!include FILE</c>; null for none.</param>
    public static Node? Read(string name, string text, Faults faults, string? takesInclude = null)
    {
        var top = new SourcePosition(name, 1, 1);
        if (text.Length > MaxLength)
        {
            faults.Add(top, "", $"the file has {text.Length} characters, more than the {MaxLength} that are read");
            return null;
        }
        try
        {
            return new Builder(name, text, faults, takesInclude).ReadDocument();
        }
        catch (YamlException broken)
        {
            // The end is where the parser stumbled; the start is where what it was reading began, lines before perhaps.
            var place = new SourcePosition(name, (int)Math.Max(1, broken.End.Line), (int)Math.Max(1, broken.End.Column));
            if (FalseBlank(
                text, Math.Min(broken.Start.Line, broken.End.Line),
                broken.Message.Contains(" tab ", StringComparison.Ordinal)
                    ? long.MaxValue - 1
                    : Math.Max(broken.Start.Line, broken.End.Line)) is var (line, column, words))
            {
                faults.Add(new SourcePosition(name, line, column), "", $"not YAML: {words}");
            }
            else
            {
                faults.Add(place, "", $"not YAML: {broken.Message.TrimEnd('.')}{YamlCures.Of(broken, text)}");
            }
            return null;
        }
    }

    /// <summary>
    /// A tab or a foreign blank in the indentation of what could not be read, or of the line behind it: nobody sees it (YAML 1.2.2, 6.1).
    /// Null where there is none.
    /// </summary>
    private static (int Line, int Column, string Words)? FalseBlank(string text, long first, long last)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (++number < first) continue;
            if (number > last + 1) break;
            var blanks = line.IndexOfAnyExcept(' ');
            if (blanks < 0) continue;
            var c = line[blanks];
            if (c == '\t') return (number, blanks + 1, "the line is indented with a tab: YAML takes blanks");
            if (IsFalseBlank(c)) return (number, blanks + 1, $"the line begins with U+{(int)c:X4}, which looks like a blank and is none");
        }
        return null;
    }

    private static bool IsFalseBlank(char c) =>
        c is not (' ' or '\t') && (char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);

    private sealed class Builder(string name, string text, Faults faults, string? takesInclude)
    {
        private readonly SafeParser _parser = new(new StringReader(text));
        private readonly Dictionary<string, Node> _anchors = new(StringComparer.Ordinal);
        private long _weight;

        public Node? ReadDocument()
        {
            _parser.Consume<StreamStart>();
            if (!_parser.Accept<DocumentStart>(out _))
            {
                faults.Add(new SourcePosition(name, 1, 1), "", Empty);
                return null;
            }
            _parser.Consume<DocumentStart>();
            var root = ReadNode("", 0);
            _parser.Consume<DocumentEnd>();
            if (_parser.Accept<DocumentStart>(out var second))
            {
                faults.Add(PlaceOf(second), "", "a second document begins here; a file holds one");
            }
            return root;
        }

        private Node ReadNode(string path, int depth)
        {
            var read = _parser.Consume<ParsingEvent>();
            if (depth > MaxDepth) throw new YamlException(read.Start, read.Start, $"nested deeper than {MaxDepth} levels");
            var isInclude = read is Scalar { Tag: { IsEmpty: false, IsNonSpecific: false, Value: Include } } && takesInclude is not null
                && path == takesInclude;
            if (!isInclude && read is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } } tagged)
            {
                faults.Add(PlaceOf(read), path, $"tags such as \"{tagged.Tag}\" are not taken here");
            }
            Node node = read switch
            {
                AnchorAlias alias => Resolve(alias),
                Scalar scalar => new Node.Scalar(PlaceOf(scalar), scalar.Value, KindOf(scalar)) { IsInclude = isInclude },
                SequenceStart start => ReadSequence(start, path, depth),
                MappingStart start => ReadMapping(start, path, depth),
                _ => throw new YamlException(read.Start, read.Start, "a value was expected here"),
            };
            _weight += read is AnchorAlias ? node.Weight : 1;
            if (_weight > MaxNodes)
            {
                throw new YamlException(
                    read.Start, read.Start, $"the document has more than {MaxNodes} values, aliases counted with all they stand for");
            }
            if (read is NodeEvent { Anchor.IsEmpty: false } anchored) _anchors[anchored.Anchor.Value] = node;
            return node;
        }

        private Node.Sequence ReadSequence(SequenceStart start, string path, int depth)
        {
            var items = new List<Node>();
            while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode($"{path}[{items.Count}]", depth + 1));
            return new Node.Sequence(PlaceOf(start), items) { Weight = 1 + items.Sum(i => i.Weight) };
        }

        private Node.Mapping ReadMapping(MappingStart start, string path, int depth)
        {
            var members = new List<Node.Member>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (!_parser.TryConsume<MappingEnd>(out _))
            {
                var key = ReadNode(path, depth + 1);
                var word = key is Node.Scalar scalar ? scalar.Text : "";
                var at = path.Length == 0 ? word : $"{path}.{word}";
                if (key is not Node.Scalar) faults.Add(key, path, $"a key must be a single word, not {key.Sort}");
                var value = ReadNode(at, depth + 1);
                if (key is not Node.Scalar) continue;
                if (word.Length > 0 && IsFalseBlank(word[0]))
                {
                    faults.Add(key, at, $"the line begins with U+{(int)word[0]:X4}, which looks like a blank and is none");
                }
                else if (!seen.Add(word))
                {
                    faults.Add(key, at, $"the key \"{word}\" stands there twice");
                }
                else
                {
                    members.Add(new Node.Member(key.Position, word, value));
                }
            }
            return new Node.Mapping(PlaceOf(start), members) { Weight = 1 + members.Sum(m => 1 + m.Value.Weight) };
        }

        private Node Resolve(AnchorAlias alias)
        {
            // An anchor is known only once its node has ended, so an alias cannot stand inside what it names.
            if (_anchors.TryGetValue(alias.Value.Value, out var node)) return node;
            throw new YamlException(
                alias.Start, alias.Start,
                $"nothing was named \"&{alias.Value}\" before this alias (a text that begins with * stands in quotes)");
        }

        private SourcePosition PlaceOf(ParsingEvent read) => new(name, (int)read.Start.Line, (int)read.Start.Column);

        private static ScalarKind KindOf(Scalar scalar)
        {
            if (scalar.Style != ScalarStyle.Plain) return ScalarKind.Quoted;
            return scalar.Value is "" or "~" or "null" ? ScalarKind.Null : ScalarKind.Plain;
        }
    }
}
