using System.Text.Json;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Console.Control;

/// <summary>Health, reset, accounts.</summary>
internal static class WorldCalls
{
    public static Task<ControlAnswer?> HealthAsync(ControlRequest request)
    {
        var isReady = request.Doors.IsReady;
        return Task.FromResult<ControlAnswer?>(ControlAnswer.Json(isReady ? 200 : 503, json =>
        {
            json.WriteString("status", isReady ? "ready" : "starting");
            json.WriteString("version", request.Doors.Version);
            json.WriteString("clock", request.World.Clock.Mode.ToString());
            json.WriteNumber("seed", request.World.Options.Seed);
        }));
    }

    public static async Task<ControlAnswer?> ResetAsync(ControlRequest request)
    {
        await request.BodyAsync(static _ => true);
        await request.Doors.ResetAsync();
        var world = request.Doors.House.World;
        return ControlAnswer.Ok(json =>
        {
            json.WriteString("status", "reset");
            json.WriteString("clock", world.Clock.Mode.ToString());
            json.WriteNumber("seed", world.Options.Seed);
        });
    }

    /// <summary>The first account first: the one an app's environment names.</summary>
    public static async Task<ControlAnswer?> ListAccountsAsync(ControlRequest request)
    {
        var limit = request.Limit;
        var (name, after) = (request.Query("friendly_name"), request.Query("after"));
        var accounts = await request.TurnAsync(() =>
        {
            var all = ControlRequest.GoneOn(request.House.AllAccounts, after, static a => a.Sid);
            return all.Where(a => name is null || a.FriendlyName == name).Take(limit).ToList();
        });
        return ControlAnswer.Ok(json =>
        {
            json.WriteStartArray("accounts");
            foreach (var account in accounts)
            {
                json.WriteStartObject();
                Write(json, account);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteString("next", accounts.Count == limit ? accounts[^1].Sid : null);
        });
    }

    public static async Task<ControlAnswer?> OpenAccountAsync(ControlRequest request)
    {
        var asked = await request.BodyAsync(ConfigReader.ReadAccount);
        if (await request.TurnAsync(
            () => request.House.OpenAccount(asked.FriendlyName, asked.Sid?.Value, asked.AuthToken)) is not { } account)
        {
            return ControlAnswer.Problem(409, $"there is an account {asked.Sid} already");
        }
        return ControlAnswer.Json(201, json => Write(json, account));
    }

    /// <summary>The entrance gives the cookie on the way out, where a token is asked.</summary>
    public static Task<ControlAnswer?> SessionAsync(ControlRequest request) => Task.FromResult<ControlAnswer?>(ControlAnswer.None);

    private static void Write(Utf8JsonWriter json, ControlAccount account)
    {
        json.WriteString("sid", account.Sid);
        json.WriteString("auth_token", account.AuthToken);
        json.WriteString("friendly_name", account.FriendlyName);
    }
}
