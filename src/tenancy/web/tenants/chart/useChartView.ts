import { type PointerEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Area, type View, zoomed } from './chartLayout.ts';

interface Point {
  x: number;
  y: number;
}

const beforeItDrags = 4;
const middle = ({ width, height }: Area): Point => ({ x: width / 2, y: height / 2 });

/** What of the chart is on the screen: dragged by mouse and finger, scrolled by the wheel, zoomed by wheel with Ctrl and by two fingers. */
export function useChartView(element: RefObject<HTMLDivElement | null>) {
  const [view, setView] = useState<View>({ x: 16, y: 16, scale: 1 });
  const area = useArea(element);
  const fingers = useRef(new Map<number, Point>());
  const dragged = useRef(0);
  useWheel(element, setView);

  const here = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = element.current?.getBoundingClientRect();
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    if (!fingers.current.size) dragged.current = 0;
    fingers.current.set(event.pointerId, here(event));
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const before = fingers.current.get(event.pointerId);
    if (!before) return;
    const now = here(event);
    dragged.current += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    // A click with an unsteady hand is still a click; only what drags is held by the chart.
    if (dragged.current > beforeItDrags) event.currentTarget.setPointerCapture(event.pointerId);
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    fingers.current.set(event.pointerId, now);
    setView((seen) => {
      const moved = other ? seen : { ...seen, x: seen.x + now.x - before.x, y: seen.y + now.y - before.y };
      return other ? zoomed(moved, distance(now, other) / Math.max(1, distance(before, other)), other) : moved;
    });
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => void fingers.current.delete(event.pointerId);

  return {
    view,
    setView,
    area,
    zoom: (factor: number) => setView((seen) => zoomed(seen, factor, middle(area))),
    /** Whether the pointer that was just lifted had dragged the chart: then it chose nothing. */
    hasDragged: () => dragged.current > beforeItDrags,
    pointers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onPointerLeave: onPointerUp },
  };
}

const distance = (one: Point, other: Point) => Math.hypot(one.x - other.x, one.y - other.y);

function useArea(element: RefObject<HTMLDivElement | null>): Area {
  const [area, setArea] = useState<Area>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const frame = element.current;
    if (!frame) return;
    const measure = () => setArea({ width: frame.clientWidth, height: frame.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(frame);
    return () => observer.disconnect();
  }, [element]);
  return area;
}

/** React's own listeners for the wheel cannot keep the page from scrolling. */
function useWheel(element: RefObject<HTMLDivElement | null>, setView: (change: (view: View) => View) => void): void {
  useEffect(() => {
    const frame = element.current;
    if (!frame) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = frame.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      setView((view) =>
        event.ctrlKey || event.metaKey
          ? zoomed(view, Math.exp(-event.deltaY / 300), at)
          : { ...view, x: view.x - event.deltaX, y: view.y - event.deltaY },
      );
    };
    frame.addEventListener('wheel', onWheel, { passive: false });
    return () => frame.removeEventListener('wheel', onWheel);
  }, [element, setView]);
}
