// A button that shows an icon and says its label.
import type { ButtonHTMLAttributes, ReactElement } from "react";
import { Icon, type IconName } from "./icons.tsx";

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: IconName;
  /** What the button does, for those who do not see it. */
  readonly label: string;
  /** What the pointer is told, where that is shorter. */
  readonly title?: string;
}

export function IconButton({ icon, label, title = label, ...rest }: IconButtonProps): ReactElement {
  return (
    <button type="button" className="pg-iconbutton" aria-label={label} title={title} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
