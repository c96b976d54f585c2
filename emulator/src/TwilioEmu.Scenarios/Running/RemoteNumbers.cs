using System.Text;
using System.Text.Json;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Scenarios.Running;

/// <summary>
/// A story's numbers in an emulator that runs already: bought, or used where the account has them, and given back as they were.
/// </summary>
internal sealed class RemoteNumbers(ControlClient control)
{
    private readonly List<(StoryAccount Owner, string Path)> _bought = [];
    private readonly List<(StoryAccount Owner, string Path, List<KeyValuePair<string, string>> Before)> _borrowed = [];

    /// <summary>True when the account is there and has one of the numbers already.</summary>
    public async Task<bool> OwnsAnyAsync(StoryAccount account, IReadOnlyList<PhoneNumberSpec> numbers, CancellationToken cancellation)
    {
        foreach (var number in numbers)
        {
            if (await FindAsync(account, number.Number, cancellation) is not null) return true;
        }
        return false;
    }

    /// <summary>Makes a number the account's, set up as the story says.</summary>
    /// <exception cref="StoryException">It is not to be had.</exception>
    public async Task TakeAsync(StoryAccount owner, PhoneNumberSpec number, CancellationToken cancellation)
    {
        if (await FindAsync(owner, number.Number, cancellation) is { } there)
        {
            var path = there.GetProperty("uri").GetString()!;
            _borrowed.Add((
                owner, path, [.. NumberReader.Parameters.Select(p => new KeyValuePair<string, string>(p.Name, Text(there, p.Key)))]));
            // What the story does not say is as of a number just bought.
            await SendAsync(
                owner, path,
                [
                    .. NumberReader.Parameters.Select(p =>
                        new KeyValuePair<string, string>(p.Name, number.Parameters.GetValueOrDefault(p.Name) ?? Usual(p, number))),
                ],
                200, number.Number, cancellation);
            return;
        }
        var form = number.Parameters.Prepend(new("PhoneNumber", number.Number)).ToList();
        var bought = await SendAsync(
            owner, $"/2010-04-01/Accounts/{owner.Sid}/IncomingPhoneNumbers.json", form, 201, number.Number, cancellation);
        _bought.Add((owner, bought.GetProperty("uri").GetString()!));
    }

    /// <summary>Releases what was bought, and sets up what was borrowed as it was.</summary>
    public async Task GiveBackAsync()
    {
        foreach (var (owner, path) in _bought)
        {
            await control.SendAsync(
                new HttpAsk("DELETE", new Uri(control.BaseUrl, path), owner.Sid, owner.AuthToken), CancellationToken.None);
        }
        foreach (var (owner, path, before) in _borrowed)
        {
            await control.SendAsync(FormBody.ToAsk(control.BaseUrl, owner, "POST", path, before), CancellationToken.None);
        }
    }

    private async Task<JsonElement?> FindAsync(StoryAccount account, string number, CancellationToken cancellation)
    {
        var path = $"/2010-04-01/Accounts/{account.Sid}/IncomingPhoneNumbers.json";
        var reply = await control.SendAsync(
            FormBody.ToAsk(control.BaseUrl, account, "GET", path, [new("PhoneNumber", number)]), cancellation);
        if (reply.Status != 200 || !reply.ToJson().TryGetProperty("incoming_phone_numbers", out var numbers)) return null;
        foreach (var found in numbers.EnumerateArray())
        {
            if (Text(found, "phone_number") == number) return found;
        }
        return null;
    }

    private async Task<JsonElement> SendAsync(
        StoryAccount owner, string path, IReadOnlyList<KeyValuePair<string, string>> form, int wanted, string number,
        CancellationToken cancellation)
    {
        var reply = await control.SendAsync(FormBody.ToAsk(control.BaseUrl, owner, "POST", path, form), cancellation);
        return reply.Status == wanted
            ? reply.ToJson()
            : throw new StoryException(
                $"the number {number} was not to be had ({reply.Status}): {Encoding.UTF8.GetString(reply.Body.Span)}");
    }

    private static string Text(JsonElement resource, string member) =>
        resource.TryGetProperty(member, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value.ToString()
            : "";

    // What a number just bought is called is its own digits.
    private static string Usual(NumberParameter parameter, PhoneNumberSpec number) =>
        parameter.Name == "FriendlyName" ? number.Number : parameter.Usual;
}
