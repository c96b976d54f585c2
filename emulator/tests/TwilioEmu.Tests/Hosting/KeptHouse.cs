using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Hosting;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Tests.Hosting;

/// <summary>
/// What tests of <c>--data</c> share: a folder, an emulator that may be started on it again, and a client of its REST API.
/// </summary>
public abstract class KeptHouse : IDisposable
{
    private const string Account = OpenHouse.Account;

    private protected string Folder { get; } = Directory.CreateTempSubdirectory("data-").FullName;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected static Task<EmulatorServer> StartAsync(
        string? folder, long seed = 1, ToldApp? app = null, long mediaBytes = long.MaxValue) =>
        EmulatorServer.StartAsync(
            new WorldConfig
            {
                Accounts = [new AccountSpec { Sid = new(Account), AuthToken = OpenHouse.Token, FriendlyName = "One" }],
                Numbers = [new PhoneNumberSpec { Number = "+14155550100", MessagesPerSecond = 1 }],
            },
            new WorldOptions
            {
                Clock = new ClockMode.Manual(),
                Start = WorldOptions.StoryStart,
                Seed = seed,
                MaxMediaBytes = Math.Min(mediaBytes, new WorldOptions().MaxMediaBytes),
            },
            new Endpoints { DataFolder = folder },
            new Dictionary<string, HttpMessageHandler> { ["http://app.test"] = app ?? new ToldApp() });

    private protected static HttpClient Client(EmulatorServer server)
    {
        var client = new HttpClient { BaseAddress = new Uri(server.Url), Timeout = OpenHouse.Limit };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Account}:{OpenHouse.Token}")));
        return client;
    }

    private protected static async Task<JsonElement> GetAsync(HttpClient client, string path) =>
        JsonElement.Parse(await client.GetStringAsync(At(path)));

    private protected static async Task<JsonElement> PostAsync(HttpClient client, string path, params (string Name, string Value)[] form)
    {
        using var answer = await client.PostAsync(
            At(path), new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(text);
        return JsonElement.Parse(text);
    }

    private protected static async Task<JsonElement> PostJsonAsync(HttpClient client, string path, string json)
    {
        using var answer = await client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(text);
        return JsonElement.Parse(text);
    }

    private static string At(string path) => path.StartsWith('/') ? path : $"/2010-04-01/Accounts/{Account}/{path}";

    /// <summary>An app that remembers what it is told.</summary>
    private protected sealed class ToldApp : HttpMessageHandler
    {
        public List<Dictionary<string, string>> Told { get; } = [];

        /// <summary>True lets nobody have an answer.</summary>
        public bool Hangs { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = await request.Content!.ReadAsStringAsync(cancellationToken);
            var told = form.StartsWith('{')
                ? new Dictionary<string, string> { ["json"] = form }
                : form.Split('&')
                    .Select(p => p.Split('='))
                    .ToDictionary(p => Uri.UnescapeDataString(p[0]), p => Uri.UnescapeDataString(p[1].Replace('+', ' ')));
            lock (Told) Told.Add(told);
            if (Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new HttpResponseMessage(System.Net.HttpStatusCode.NoContent);
        }
    }
}
