using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using TwilioEmu.Composition;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Tests.Conformance;

/// <summary>Ten thousand requests that are wrong in one way or another.</summary>
public sealed class MalformedTests(ITestOutputHelper output)
{
    private const int Count = 10_000;
    private const string FormType = "application/x-www-form-urlencoded";

    private static readonly ApiCatalog Catalog = ApiCatalog.Open();

    [Fact]
    public async Task Ten_thousand_malformed_requests_are_refused_and_change_nothing()
    {
        var seed = int.TryParse(
            Environment.GetEnvironmentVariable("FUZZ_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var given)
            ? given
            : Environment.TickCount;
        output.WriteLine($"FUZZ_SEED={seed}");
        var random = new Random(seed);
        var options = new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart };
        await using var house = await House.BuildAsync(Presets.Config, options, Catalog, "https://api.twilio.com");
        var operations = Catalog.Documents.SelectMany(d => d.Operations).Where(o => !o.IsOpen).ToArray();
        var before = await house.World.Loop.RunAsync(() => house.World.Journal.LastSeq, default);
        var faults = new List<string>();

        for (var i = 0; i < Count; i++)
        {
            var request = new Malformed(random).Of(operations[random.Next(operations.Length)]);
            if (request is null) continue;
            var status = await SendAsync(house, request);
            if (status is < 400 or >= 500)
            {
                faults.Add($"{status} for {request.What}: {request.Method} {request.Host} {Shown(request.Path)} {Shown(request.Query)} "
                    + $"{request.ContentType} {Shown(request.Body is null ? "" : Encoding.Latin1.GetString(request.Body))}");
            }
        }

        faults.Take(10).Should().BeEmpty($"FUZZ_SEED={seed}");
        // What an account has from the start is laid down when somebody first comes near it.
        var changes = await house.World.Loop.RunAsync(
            () =>
                house.World.Journal.After(before)
                    .Where(e => (e.Data is RecordChange && !e.Kind.EndsWith(".planted", StringComparison.Ordinal)) || e.Kind == "fault")
                    .Select(e => e.ToJson()).Take(3).ToList(),
            default);
        changes.Should().BeEmpty($"FUZZ_SEED={seed}");
    }

    private static string Shown(string text) => text.Length > 120 ? text[..120] + "..." : text;

    private static async Task<int> SendAsync(House house, Request request)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = request.Method;
        http.Request.Scheme = "https";
        http.Request.Host = new HostString(request.Host + ".twilio.com");
        http.Request.Path = new PathString(request.Path);
        http.Request.QueryString = new QueryString(request.Query.Length == 0 ? "" : "?" + request.Query);
        if (request.Authorization is not null) http.Request.Headers.Authorization = request.Authorization;
        if (request.ContentEncoding is not null) http.Request.Headers.ContentEncoding = request.ContentEncoding;
        if (request.Body is not null)
        {
            http.Request.Body = new MemoryStream(request.Body);
            http.Request.ContentLength = request.Body.Length;
            http.Request.ContentType = request.ContentType;
        }
        http.Response.Body = new MemoryStream();
        await house.Door.HandleAsync(http);
        return http.Response.StatusCode;
    }

    private sealed record Request(string What, string Method, string Host, string Path)
    {
        public string Query { get; init; } = "";

        public string? Authorization { get; init; } = "Basic " + Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{Surveyor.Account}:{Surveyor.Token}"));

        public string? ContentType { get; init; }

        public string? ContentEncoding { get; init; }

        public byte[]? Body { get; init; }
    }

    /// <summary>Makes an operation's request wrong.</summary>
    private sealed class Malformed(Random random)
    {
        private static readonly string[] NotNumbers = ["0", "-1", "abc", "1.5", "99999999999999999999", "", "٣", "1e3"];

        /// <summary>Null where the operation cannot be asked wrongly in the way that was drawn.</summary>
        public Request? Of(Operation operation)
        {
            var path = Fill(operation);
            var request = new Request("", operation.Method, operation.Host, path);
            return random.Next(14) switch
            {
                0 => request with { What = "a path that leads nowhere", Path = path + "/" + Garbage() },
                1 => request with { What = "a path of garbage", Path = "/" + Garbage() + "/" + Garbage() },
                2 => request with { What = "a method", Method = "MERGE" },
                3 => request with { What = "no credentials", Authorization = null },
                4 => request with
                {
                    What = "odd credentials",
                    Authorization = random.Next(2) == 0 ? "Basic " + Garbage() : "Bearer " + Garbage(),
                },
                5 when operation.Body == BodyKind.Form =>
                    request with
                    {
                        What = "broken percent encoding",
                        ContentType = FormType,
                        Body = Encoding.UTF8.GetBytes($"A=%{"gz"[random.Next(2)]}1&B=%"),
                    },
                6 when operation.Body == BodyKind.Form =>
                    request with
                    {
                        What = "text that is not UTF-8",
                        ContentType = FormType,
                        Body = [(byte)'A', (byte)'=', 0xC3, 0x28, (byte)random.Next(0x80, 0xC0)],
                    },
                7 when operation.Body != BodyKind.None =>
                    request with { What = "a content type", ContentType = "text/" + random.Next(), Body = "x"u8.ToArray() },
                8 when operation.Body != BodyKind.None =>
                    request with { What = "a content encoding", ContentType = FormType, ContentEncoding = "gzip", Body = "x"u8.ToArray() },
                9 when operation.Body != BodyKind.None && random.Next(20) == 0 =>
                    request with { What = "a body too large", ContentType = FormType, Body = new byte[(1 << 20) + 1] },
                10 when operation.Body == BodyKind.Form =>
                    request with
                    {
                        What = "too many fields",
                        ContentType = FormType,
                        Body = Encoding.UTF8.GetBytes(string.Join('&', Enumerable.Range(0, 1_001).Select(i => $"A{i}=1"))),
                    },
                11 when operation.Body == BodyKind.Json =>
                    request with
                    {
                        What = "JSON",
                        ContentType = "application/json",
                        Body = random.Next(8) == 0 ? Encoding.Latin1.GetBytes("{\"a\":\"\u00C3(\"}") : Encoding.UTF8.GetBytes(BadJson()),
                    },
                12 when operation.Page is PageStyle.Classic or PageStyle.Meta =>
                    request with
                    {
                        What = "a page size",
                        Query = "PageSize=" + Uri.EscapeDataString(NotNumbers[random.Next(NotNumbers.Length)]),
                    },
                13 when operation.Page is PageStyle.Classic or PageStyle.Meta =>
                    request with { What = "a page token", Query = "PageToken=" + new string('x', random.Next(1, 100_000)) },
                _ => null,
            };
        }

        private string BadJson() => random.Next(9) switch
        {
            6 => "{\"a\":\"\\ud800\"}",
            7 => "{\"\\udc00\\ud800\":1}",
            8 => "{\"a\":1,\"a\":2}",
            0 => new string('[', 10_000),
            1 => string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000),
            2 => "[1,2]",
            3 => "\"text\"",
            4 => "{\"a\":1,}",
            _ => "{\"a\":\"" + Garbage(),
        };

        private string Garbage()
        {
            var length = random.Next(1, 60);
            var text = new StringBuilder(length);
            for (var i = 0; i < length; i++)
            {
                text.Append((char)(random.Next(
                    3) switch
                { 0 => random.Next('a', 'z' + 1), 1 => random.Next('!', '~'), _ => random.Next(0xA0, 0xD7FF) }));
            }
            return text.Replace("/", "", 0, text.Length).Insert(0, '~').ToString();
        }

        private static string Fill(Operation operation)
        {
            var path = operation.Path;
            foreach (var name in operation.PathNames)
            {
                var value = name == "AccountSid" || path.Contains("Accounts/{Sid}", StringComparison.Ordinal) ? Surveyor.Account
                    : operation.Find(ParameterPlace.Path, name)?.Facts is { SidPrefixes: [var prefix, ..] } ? prefix + new string('d', 32)
                    : "nobody";
                path = path.Replace("{" + name + "}", value, StringComparison.Ordinal);
            }
            return path;
        }
    }
}
