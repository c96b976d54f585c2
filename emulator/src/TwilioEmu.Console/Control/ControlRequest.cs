using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Console.Control;

/// <summary>A request of the control API: the house it is about, its path's values, query and body.</summary>
/// <remarks>
/// What its call's row does not declare is refused here, and what a handler
/// reads without being declared is our fault: the row is the one list.
/// </remarks>
internal sealed class ControlRequest(
    ControlRoom room, ControlCall call, RouteValueDictionary values, HttpContext context, CancellationToken cancellation)
{
    /// <summary>The largest body taken.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    public HttpContext Context { get; } = context;

    public ControlRoom Room { get; } = room;

    public IControlDoors Doors => Room.Doors;

    /// <summary>The house when the request came; it may be replaced meanwhile.</summary>
    public IControlHouse House { get; } = room.Doors.House;

    public World World => House.World;

    /// <summary>How many a list may have: <c>limit</c> of the query.</summary>
    public int Limit => (int)QueryNumber("limit")!.Value;

    /// <summary>Cancelled when the client leaves or the world ends.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Runs a turn and gives its result.</summary>
    public Task<T> TurnAsync<T>(Func<T> turn) => ProcedureAsync(() => Task.FromResult(turn()));

    /// <summary>Runs a procedure of the loop; virtual time stands for a moment when it has ended, so that the answer gets out.</summary>
    public Task<T> ProcedureAsync<T>(Func<Task<T>> procedure) => World.Loop.RunOutsideAsync(
        async () =>
        {
            try
            {
                return await procedure();
            }
            finally
            {
                World.Clock.Note(call.Outside);
            }
        },
        Cancellation).WaitAsync(Cancellation);

    /// <summary>The body as any JSON object.</summary>
    public async Task<JsonElement> JsonAsync()
    {
        var body = await ReadBodyAsync();
        try
        {
            using var json = JsonText.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
            if (json.RootElement.ValueKind == JsonValueKind.Object) return json.RootElement.Clone();
        }
        catch (JsonException bad)
        {
            throw new ControlException(ControlAnswer.Problem(400, $"the body is not JSON: {bad.Message}"));
        }
        throw new ControlException(ControlAnswer.Problem(400, "the body is not a JSON object"));
    }

    /// <summary>A variable part of the path; of one that takes all that is left, and nothing is, an empty text.</summary>
    public string Value(string name) => values.TryGetValue(name, out var value)
        ? (string?)value ?? ""
        : throw new InvalidOperationException($"{call.Template} has no {{{name}}}");

    /// <summary>A query parameter, or null.</summary>
    public string? Query(string name)
    {
        var member = Declared(name);
        if (!Context.Request.Query.TryGetValue(name, out var given) || given is not [.., { Length: > 0 } text]) return null;
        // A number's plus that was sent as it is arrives as a blank (application/x-www-form-urlencoded).
        if (text is [' ', >= '1' and <= '9', .. var rest] && rest.All(char.IsAsciiDigit)) text = "+" + text[1..];
        return member.Words.Count == 0 || member.Words.Contains(text)
            ? text
            : throw Bad(name, $"{name} is one of {string.Join(", ", member.Words)}, not \"{text}\"");
    }

    /// <summary>True or false of the query.</summary>
    public bool QueryFlag(string name) => Query(name) switch
    {
        null or "false" => false,
        "true" => true,
        var text => throw Bad(name, $"{name} is true or false, not \"{text}\""),
    };

    /// <summary>
    /// What comes after a place in a list that has an order of its own: a page goes on where <c>next</c> of the one before says.
    /// </summary>
    public static IEnumerable<T> GoneOn<T>(IEnumerable<T> all, string? after, Func<T, string> place)
    {
        if (after is null) return all;
        var rest = all.SkipWhile(t => place(t) != after).ToList();
        return rest.Count > 0 ? rest.Skip(1) : throw Bad("after", $"there is no \"{after}\" here (any more): begin anew");
    }

    /// <summary>A whole number of the query, within its row's bounds; where it is absent what is usual, or null.</summary>
    public long? QueryNumber(string name)
    {
        var (member, text) = (Declared(name), Query(name));
        if (text is null) return member.Usual;
        var (min, max) = member.Bounds;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }
        throw Bad(name, $"{name} must be a whole number from {min} to {max}, not \"{text}\"");
    }

    /// <summary>Refuses query parameters that the call's row does not declare.</summary>
    public void RefuseStrangers()
    {
        if (Context.Request.Query.Keys.FirstOrDefault(k => call.Query.All(q => q.Name != k)) is not { } unknown) return;
        var known = call.Query.Select(q => q.Name).ToList();
        var others = known.Count == 0 ? "there are none here" : $"known are {string.Join(", ", known)}";
        throw Bad(unknown, $"unknown query parameter \"{unknown}\"{Spelling.Hint(unknown, known)}; {others}");
    }

    /// <summary>Reads the body: a JSON object; no body is an empty one.</summary>
    /// <param name="read">Takes the fields that the call's row declares; other keys are refused.</param>
    /// <exception cref="ControlException">The body is too large, no JSON, or has faults.</exception>
    public async Task<T> BodyAsync<T>(Func<Fields, T> read)
    {
        var body = await ReadBodyAsync();
        var faults = new Faults { Kinds = House.Kinds };
        var root = body.Length == 0 ? new Node.Mapping(default, []) : JsonNodes.Read(body, faults);
        var fields = root is null ? null : Fields.Of(root, "", faults);
        if (fields is null) throw new ControlException(ControlAnswer.BadRequest(faults));
        var result = read(fields);
        fields.End([.. call.Body.Select(m => m.Name)]);
        return faults.Count == 0 ? result : throw new ControlException(ControlAnswer.BadRequest(faults));
    }

    /// <summary>The body as it is: a file.</summary>
    public Task<ReadOnlyMemory<byte>> FileAsync(int maxByteCount) => ReadBodyAsync(maxByteCount);

    /// <summary>A bad request about one field.</summary>
    public static ControlException Bad(string field, string message)
    {
        var faults = new Faults();
        faults.Add(default(SourcePosition) with { Source = "" }, field, message);
        return new ControlException(ControlAnswer.BadRequest(faults));
    }

    private ControlMember Declared(string name) =>
        call.Query.FirstOrDefault(q => q.Name == name)
            ?? throw new InvalidOperationException($"{call.Method} {call.Template} reads \"{name}\" of the query and does not declare it");

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(int maxByteCount = MaxBodyBytes)
    {
        var tooLarge = new ControlException(ControlAnswer.Problem(413, $"a body may have {maxByteCount} bytes"));
        if (Context.Request.ContentLength > maxByteCount) throw tooLarge;
        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        try
        {
            while (await Context.Request.Body.ReadAsync(chunk, Cancellation) is > 0 and var count)
            {
                if (buffer.Length + count > maxByteCount) throw tooLarge;
                buffer.Write(chunk, 0, count);
            }
        }
        catch (BadHttpRequestException bad)
        {
            throw new ControlException(ControlAnswer.Problem(bad.StatusCode, bad.Message));
        }
        catch (IOException broken) when (!Cancellation.IsCancellationRequested)
        {
            // Chunks that are none (RFC 9112 7.1): the server tells of some as of a broken connection.
            throw new ControlException(ControlAnswer.Problem(400, $"the body cannot be read: {broken.Message}"));
        }
        return buffer.ToArray();
    }
}
