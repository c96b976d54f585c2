using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using TwilioEmu.Kernel;
using TwilioEmu.Webhooks.Addresses;
using TwilioEmu.Webhooks.Delivery;
using TwilioEmu.Webhooks.Wires;

namespace TwilioEmu.Webhooks.Exchanges;

/// <summary>Where a URL leads: to an app in this process, to where a public name is mapped, or to where it says.</summary>
internal sealed class Routes
{
    private readonly World _world;
    private readonly SocketWire _sockets;
    private readonly IReadOnlyDictionary<string, IApp> _apps;
    private readonly IReadOnlyDictionary<string, HttpMessageHandler> _handlers;
    private readonly FrozenDictionary<string, string> _publicNames;

    public Routes(World world, LetterboxOptions options, SocketWire sockets)
    {
        _world = world;
        _sockets = sockets;
        _apps = options.Apps;
        _handlers = options.Handlers;
        _publicNames = options.PublicNames.ToFrozenDictionary(
            n => n.Key.TrimEnd('/'), n => n.Value.TrimEnd('/'), StringComparer.OrdinalIgnoreCase);
    }

    public Route Find(WebhookUrl url)
    {
        if (_apps.TryGetValue(url.Authority, out var app))
        {
            return new(new AppWire(app, _world.Clock), url.Uri, IsMapped: false, IsSocket: false);
        }
        // An app that is handed over answers for its origin, whatever the name is mapped to.
        if (_handlers.ContainsKey(url.Origin) || !_publicNames.TryGetValue(url.Origin, out var target))
        {
            return new(WireTo(url.Origin), url.Uri, IsMapped: false, IsSocket: true);
        }
        return WebhookUrl.TryParse(target + url.PathAndQuery, out _) is { } mapped
            ? new(WireTo(mapped.Origin), mapped.Uri, IsMapped: true, IsSocket: true)
            : throw new InvalidOperationException(
                $"the public name {url.Origin} is mapped to '{target}', which is no http or https origin");
    }

    private IWire WireTo(string origin) => _handlers.TryGetValue(origin, out var handler)
        ? new HandlerWire(handler, _world.Loop, _world.Options.Wall, _world.Options.Logs.CreateLogger<HandlerWire>())
        : _sockets;
}

/// <summary>The end of a search: a way, and where to go on it.</summary>
/// <param name="Wire">The way.</param>
/// <param name="Target">Where sockets connect to.</param>
/// <param name="IsMapped">True when <paramref name="Target"/> differs from the public name.</param>
/// <param name="IsSocket">True when the request leaves the loop, so that those in flight must be counted.</param>
internal sealed record Route(IWire Wire, Uri Target, bool IsMapped, bool IsSocket);
